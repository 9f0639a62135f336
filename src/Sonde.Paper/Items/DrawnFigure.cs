using System.Globalization;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

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

    /// <summary>Judges the quantities of several claims together.</summary>
    /// <param name="runs">The run folders.</param>
    /// <param name="claims">At least one.</param>
    internal static ItemResult Together(PaperRuns runs, params IReadOnlyList<PaperItem> claims)
    {
        var results = claims.Select(claim => claim.Evaluate(runs)).ToList();
        var judgement = new Judgement();
        foreach (var result in results)
            judgement.Join(result);
        var together = judgement.Result(string.Join(" ", results.Select(result => result.Sentence).Distinct()));
        // A claim without quantities, such as one on a network that is still at chance or not trained yet, has a verdict of its own. A figure of which one
        // half is missing does not agree.
        var bare = results.Where(result => result.Readings.All(reading => reading.Verdict is null)).Select(result => result.Agreement).ToList();
        return bare.Contains(Agreement.Differs) ? together with { Agreement = Agreement.Differs }
            : bare.Count == results.Count ? together with { Agreement = bare.Min() }
            : bare.Count > 0 && together.Agreement != Agreement.Differs
                ? together with { Agreement = Agreement.NotReachedYet } : together;
    }
}
