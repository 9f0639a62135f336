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

    /// <summary>One sentence: what is seen, and where in the paper.</summary>
    public abstract string Explanation { get; }

    /// <summary>False where the trial was not asked for what it shows, and the report leaves it out.</summary>
    public virtual bool IsFor(RecordedTrial trial) => true;

    /// <summary>Draws it from the records; says so in the figure where they hold no data for it.</summary>
    public abstract FigureFile Draw(RecordedTrial trial);

    /// <summary>The figure of pictures where there are none.</summary>
    private protected FigureFile WithoutData(RecordedTrial trial, string reason)
    {
        var panel = Panel.Create($"{trial.Manifest.Id} · {Title.ToLowerInvariant()}", "", "");
        panel.NoData(reason);
        return new(Name, Title, Explanation, [panel.Finish()]);
    }
}
