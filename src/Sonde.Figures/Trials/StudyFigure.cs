using Sonde.Figures.Drawing;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>A figure of all trials of a study together.</summary>
public abstract class StudyFigure
{
    /// <summary>File-name stem and anchor: <c>test-error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Heading in the report.</summary>
    public abstract string Title { get; }

    /// <summary>The caption: what the figure shows, and its number in the paper.</summary>
    public abstract string Explanation { get; }

    /// <summary>False if the figure would show nothing that the figures of single trials do not show; the report then leaves it out.</summary>
    public virtual bool IsFor(IReadOnlyList<RecordedTrial> trials) => true;

    /// <summary>Draws the figure from the records. If they hold no data for it, the figure says so.</summary>
    public abstract FigureFile Draw(IReadOnlyList<RecordedTrial> trials);
}
