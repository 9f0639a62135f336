using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Paper.Models;

/// <summary>The trials of one model: the same setting with different seeds.</summary>
/// <param name="Label">Its name in legends, such as <c>tanh N</c>.</param>
/// <param name="Trials">One for each seed.</param>
internal sealed record ModelTrials(string Label, IReadOnlyList<RecordedTrial> Trials)
{
    /// <summary>The standard deviation of the figure's quantity that theory predicts at initialization, layer 1 first; null if none is to be
    /// drawn.</summary>
    public IReadOnlyList<double>? PredictedSd { get; init; }

    /// <summary>The standard deviation of s that theory predicts at initialization, layer 1 first, if the figure's quantity is the activation f(s), whose
    /// density then follows from that of s; null otherwise.</summary>
    public IReadOnlyList<double>? PredictedPreactivationSd { get; init; }

    /// <summary>Number of hidden layers; 0 if there is no trial.</summary>
    internal int Depth => Trials.Select(trial => TrialFacts.Of(trial.Manifest).Depth).FirstOrDefault();

    /// <summary>Name of the dataset; null if there is no trial.</summary>
    internal string? Data => Trials.Select(trial => TrialFacts.Of(trial.Manifest).Data).FirstOrDefault();

    /// <summary>Reads one number of a hidden layer's statistics over updates, for all seeds.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number.</param>
    internal SeedSeries Series(int layer, string quantity, Func<LayerStatistics, double> value) =>
        SeedSeries.FromPoints(Trials.SelectMany(trial => trial.Layers).Where(row => row.Layer == layer && row.Quantity == quantity)
            .Select(row => ((double)row.Update, value(row))));
}
