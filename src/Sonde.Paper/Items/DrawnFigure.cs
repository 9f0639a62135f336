using System.Globalization;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>A numbered figure of the paper, drawn from the trials of its studies. Its verdict is that of the claims it shows, or its own.</summary>
/// <param name="number">Its number in the paper.</param>
/// <param name="title">Heading.</param>
/// <param name="says">The paper's statement on it, with its section.</param>
/// <param name="figure">Draws it.</param>
/// <param name="studies">The built-in studies that it needs.</param>
internal abstract class DrawnFigure(int number, string title, string says, PaperFigure figure, params IReadOnlyList<string> studies) : PaperItem
{
    /// <inheritdoc/>
    public sealed override ItemKind Kind => ItemKind.Figure;

    /// <inheritdoc/>
    public sealed override string Key { get; } = number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public sealed override string Title => title;

    /// <inheritdoc/>
    public sealed override string Says => says;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Studies => studies;

    /// <summary>Reads the models that it shows.</summary>
    protected abstract IReadOnlyList<ModelTrials> Models(PaperRuns runs);

    /// <summary>Compares the models with the paper.</summary>
    /// <param name="runs">The run folders.</param>
    /// <param name="models">The result of <see cref="Models"/>; a model without trials is empty.</param>
    protected abstract ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models);

    /// <inheritdoc/>
    protected sealed override ItemResult Read(PaperRuns runs)
    {
        var models = Models(runs);
        return Verdict(runs, models) with { Figures = [figure.Draw(models)] };
    }

    /// <summary>Combines the verdicts of several claims: a claim that differs decides, then one that the runs are too short for, then the one that
    /// agrees least.</summary>
    /// <param name="runs">The run folders.</param>
    /// <param name="claims">At least one.</param>
    internal static ItemResult Together(PaperRuns runs, params IReadOnlyList<PaperItem> claims)
    {
        var results = claims.Select(claim => claim.Evaluate(runs)).ToList();
        var agreement = results.Any(result => result.Agreement == Agreement.Differs) ? Agreement.Differs : results.Max(result => result.Agreement);
        return new(agreement, string.Join(" ", results.Select(result => result.Sentence)), [.. results.SelectMany(result => result.Readings)], []);
    }
}
