using Sonde.Cli.Shell;
using Sonde.Records.Trials;
using Sonde.Running.Trials;

namespace Sonde.Cli.Run;

/// <summary>Writes a plain line for each running trial every ten seconds, and a line at the end of each trial.</summary>
internal sealed class PlainView : RunView
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override Task Show(IReadOnlyList<TrialProgress> trials, Func<Task> begin)
    {
        // A trial that ends at once has its line too.
        var written = trials.Select(t => t.Now.Status).ToArray();
        var last = TimeProvider.System.GetTimestamp();
        return Repeat(begin(), Between, () =>
        {
            var isDue = TimeProvider.System.GetElapsedTime(last) >= BetweenLines;
            for (var k = 0; k < trials.Count; k++)
            {
                var now = trials[k].Now;
                if (now.Status != TrialStatus.Running ? now.Status != written[k] : isDue)
                    Terminal.Notice(ProgressText.Line(trials[k].Trial, now));
                written[k] = now.Status;
            }
            if (isDue)
                last = TimeProvider.System.GetTimestamp();
        });
    }
}
