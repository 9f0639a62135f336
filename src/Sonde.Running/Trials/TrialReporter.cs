namespace Sonde.Running.Trials;

/// <summary>Reports to a program the trials whose status or update has changed since the last report.</summary>
/// <param name="trials">The trials of a run.</param>
/// <param name="receiver">Receives their states; may be null.</param>
internal sealed class TrialReporter(IReadOnlyList<TrialProgress> trials, IProgress<TrialReport>? receiver)
{
    private readonly TrialSnapshot?[] reported = new TrialSnapshot?[trials.Count];

    /// <summary>Reports each trial that has changed.</summary>
    public void Report()
    {
        for (var k = 0; receiver is not null && k < reported.Length; k++)
        {
            var now = trials[k].Now;
            if (reported[k] is { } before && before.Status == now.Status && before.Update == now.Update)
                continue;
            reported[k] = now;
            receiver.Report(new(trials[k].Trial.Id, now));
        }
    }
}
