using Sonde.Analysis.Contents;
using Sonde.Records.Trials;
using Spectre.Console;

namespace Sonde.Cli.Trials;

/// <summary>The few colours of trials: green is done, red went wrong, yellow waits for the user.</summary>
internal static class StatusStyle
{
    /// <summary>Something went wrong, or is as bad as it can be.</summary>
    public static readonly Style Bad = new(Color.Red);

    private static readonly Style Good = new(Color.Green), Paused = new(Color.Yellow);

    /// <summary>Returns the colour of a status.</summary>
    /// <param name="status">A word of <see cref="TrialStatus"/> or <see cref="FoundStatus"/>.</param>
    public static Style Of(string status) => status switch
    {
        TrialStatus.Done => Good,
        TrialStatus.Diverged or TrialStatus.Failed or FoundStatus.Damaged => Bad,
        TrialStatus.Interrupted or FoundStatus.Stopped => Paused,
        _ => Style.Plain,
    };
}
