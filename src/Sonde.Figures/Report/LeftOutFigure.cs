namespace Sonde.Figures.Report;

/// <summary>A figure that could not be drawn or written; the others and the report are complete without it.</summary>
/// <param name="Trial">The trial's id; null for a figure of the whole study.</param>
/// <param name="Name">The figure's file-name stem.</param>
/// <param name="Reason">What went wrong.</param>
public sealed record LeftOutFigure(string? Trial, string Name, string Reason)
{
    /// <summary>The figure and the reason in one sentence.</summary>
    public override string ToString() => $"{(Trial is null ? "" : $"{Trial}: ")}the figure {Name} was left out: {Reason}";

    internal static LeftOutFigure FromFailure(string? trial, string name, Exception failure) => new(trial, name,
        failure is IOException or UnauthorizedAccessException ? failure.Message
        : $"{failure.Message.TrimEnd('.')} ({failure.GetType().Name}). This is a fault in Sonde; please report it with the trial's folder.");
}
