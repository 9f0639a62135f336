using Sonde.Probes;
using Sonde.Training;

// docs: log
/// <summary>Keeps what a verdict needs, in memory.</summary>
internal sealed class MemoryLog : ITrainingLog, IProbeLog
{
    public List<CurvePoint> Curve { get; } = [];

    public List<LayerStatistics> Layers { get; } = [];

    public void Record(CurvePoint point) => Curve.Add(point);

    public void Record(LayerStatistics row) => Layers.Add(row);

    public void Record(LayerHistogram row)
    {
    }

    public void Save(Checkpoint checkpoint, bool isScheduled)
    {
    }

    public void Progress(long update, double trainingSeconds)
    {
    }
}
// docs: end
