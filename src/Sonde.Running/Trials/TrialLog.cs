using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Passes the points, rows and checkpoints of a trainer and its probes to the records, and the newest numbers to the progress.</summary>
/// <param name="folder">The trial's records.</param>
/// <param name="progress">The progress that others read.</param>
/// <param name="network">The trial's network.</param>
/// <param name="seat">Counts the updates, and may let them wait.</param>
/// <param name="judge">Looks for findings.</param>
/// <param name="ending">Says when the trial is to end or to pause.</param>
internal sealed class TrialLog(
    TrialFolder folder, TrialProgress progress, Network network, CoreShare.Seat seat, TrialJudge judge, TrialEnding ending) : ITrainingLog, IProbeLog
{
    private readonly double[] saturated = new double[network.Depth];

    public void Record(CurvePoint point)
    {
        folder.Add(point);
        if (point.Split == "test")
            progress.Change(now => now with { TestError = point.Error, TestRmse = point.Rmse, TestMae = point.Mae });
        ending.See(point);
        if (judge.Add(point))
            Judge(point.Update);
    }

    public void Save(Checkpoint checkpoint, bool isScheduled)
    {
        if (isScheduled)
            folder.SaveScheduled(checkpoint);
        else
            folder.SaveEarly(checkpoint);
    }

    public void Progress(long update, double trainingSeconds)
    {
        progress.Advance(update, trainingSeconds);
        ending.See(update);
        seat.Advance();
    }

    public void Record(LayerStatistics row)
    {
        folder.Add(row);
        judge.Add(row);
        if (row is not { Quantity: Quantity.Activation, Saturated: { } share } || row.Layer > network.Depth || !network.Activation.Saturates)
            return;
        saturated[row.Layer - 1] = share;
        if (row.Layer == network.Depth)
            progress.Change(now => now with { Saturated = [.. saturated] });
    }

    private void Judge(long update)
    {
        foreach (var change in judge.Judge(update))
        {
            folder.Add(change);
            if (change.IsSaid)
                ending.See(change);
        }
        progress.Change(now => now with { Findings = [.. judge.Said.Select(finding => finding.Name)] });
    }

    public void Record(LayerHistogram row) => folder.Add(row);

    public void Record(LayerSpectrum row) => folder.Add(row);

    public void Record(LayerImage image) => folder.Add(image);
}
