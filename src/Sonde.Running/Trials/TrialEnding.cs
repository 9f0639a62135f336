using Sonde.Diagnosis;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Ends a trial before its last update if its study says so: by a finding, by patience, or at a rung of a search, where it may only pause.</summary>
/// <param name="setting">The trial's setting.</param>
/// <param name="step">What the study's search does with it.</param>
/// <param name="stop">Cancelled by a signal or if the trial is lost.</param>
internal sealed class TrialEnding(TrialSetting setting, SearchStep step, CancellationToken stop) : IDisposable
{
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly PatienceWatch patience = new(setting.Patience);

    /// <summary>Cancelled when the trial is to end or to pause.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>What ended the trial of itself; null if nothing did.</summary>
    public TrialStop? Reason { get; private set; }

    /// <summary>Takes an update count.</summary>
    public void See(long update)
    {
        if (update >= step.Until)
            ending.Cancel();
    }

    /// <summary>Takes a point of the curve.</summary>
    public void See(CurvePoint point) => EndBy(patience.Add(point));

    /// <summary>Takes a finding that is said.</summary>
    public void See(Finding finding)
    {
        if (setting.StoppingFindings.Contains(finding.Id))
            EndBy(new(TrialStop.Finding, finding.LastUpdate,
                $"Stopped by the finding {finding.Id} {finding.Name}, as the study asks: {finding.Sentence}")
            {
                Id = finding.Id,
            });
    }

    /// <inheritdoc/>
    public void Dispose() => ending.Dispose();

    private void EndBy(TrialStop? reason)
    {
        if (reason is null || Reason is not null)
            return;
        Reason = reason;
        ending.Cancel();
    }
}
