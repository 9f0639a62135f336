using Sonde.Figures.Paper;

namespace Sonde.Paper.Items;

/// <summary>A numbered figure of the paper that a figure of the same number draws from arms.</summary>
public abstract class DrawnFigure(int number, PaperFigure figure) : PaperItem
{
    /// <inheritdoc/>
    public sealed override ItemKind Kind => ItemKind.Figure;

    /// <inheritdoc/>
    public sealed override string Key { get; } = number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public sealed override string Title => figure.Title;

    /// <summary>The models that it shows.</summary>
    protected abstract IReadOnlyList<Arm> Arms(PaperRuns runs);

    /// <summary>The verdict on what they recorded; every one of them has at least one trial that has begun.</summary>
    /// <param name="arms">As <see cref="Arms"/> gave them.</param>
    protected abstract ItemResult Judge(IReadOnlyList<Arm> arms);

    /// <inheritdoc/>
    protected sealed override ItemResult Read(PaperRuns runs)
    {
        var arms = Arms(runs);
        var empty = arms.Where(arm => arm.Trials.Count == 0).Select(arm => arm.Label).ToList();
        var result = empty.Count == 0 ? Judge(arms)
            : ItemResult.Without(Agreement.NotAtThisScale, $"There are no records of {string.Join(", ", empty)} yet.");
        return result with { Figures = [figure.Draw(arms), .. result.Figures] };
    }
}
