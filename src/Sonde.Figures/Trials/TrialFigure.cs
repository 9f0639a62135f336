using Sonde.Figures.Drawing;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>A figure of one trial.</summary>
public abstract class TrialFigure
{
    /// <summary>File-name stem and anchor: <c>activation-bands</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Heading in the report.</summary>
    public abstract string Title { get; }

    /// <summary>The caption: what the figure shows, and its number in the paper.</summary>
    public abstract string Explanation { get; }

    /// <summary>False if the trial was not asked to record what the figure shows; the report then leaves the figure out.</summary>
    public virtual bool IsFor(RecordedTrial trial) => true;

    /// <summary>Draws the figure from the records. If they hold no data for it, the figure says so.</summary>
    public abstract FigureFile Draw(RecordedTrial trial);

    /// <summary>Returns a figure that says why there are no pictures.</summary>
    private protected FigureFile WithoutData(RecordedTrial trial, string reason)
    {
        var panel = Panel.Create($"{trial.Manifest.Id} · {Title.ToLowerInvariant()}", "", "");
        panel.NoData(reason);
        return new(Name, Title, Explanation, [panel.Finish()]);
    }
}
