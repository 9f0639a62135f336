using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Trials;

/// <summary>Draws the incoming weights of the first layer's units after its pre-training [Vincent2008].</summary>
internal sealed class Filters : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => "filters";

    /// <inheritdoc/>
    public override string Title => "Filters of the first layer after its pre-training";

    /// <inheritdoc/>
    public override string Explanation => "The weights from the input to units of the first layer, as images.";

    /// <inheritdoc/>
    public override bool IsFor(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Images.Any(image => image.Quantity == ImageQuantity.Filter);
    }

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (!IsFor(trial))
            return WithoutData(trial, "no filters were recorded");
        var filters = trial.Images.Where(image => image.Quantity == ImageQuantity.Filter).OrderBy(image => image.Index).ToList();
        return TileSheet.DrawUnits([.. filters.SelectMany(filter => filter.Values).Select(value => (float)value)], TrialFacts.Of(trial.Manifest).Hidden[0],
            filters[0].Shape, Name, Title, $"{trial.Manifest.Id} · filters of layer 1");
    }
}
