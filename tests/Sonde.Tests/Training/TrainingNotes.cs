using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Training;

/// <summary>Keeps what a trainer records and saves.</summary>
internal sealed class TrainingNotes : ITrainingLog, IProbeLog
{
    public List<CurvePoint> Points { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    public List<LayerStatistics> Statistics { get; } = [];

    public List<LayerImage> Images { get; } = [];

    public int Rows => Statistics.Count;

    public long LastProgress { get; private set; }

    public Action<long> OnProgress { get; set; } = _ => { };

    public void Record(CurvePoint point) => Points.Add(point);

    public void Save(Checkpoint checkpoint, bool isScheduled) => Checkpoints.Add(checkpoint with
    {
        Parameters = new([.. checkpoint.Parameters.Layers.Select(l => l with { Weights = [.. l.Weights], Biases = [.. l.Biases] })]),
        OptimizerState = checkpoint.OptimizerState.CopyTo(new(SmallTrial.Network, checkpoint.OptimizerState.Names)),
        DecoderBiases = checkpoint.DecoderBiases?.Select(biases => (float[])biases.Clone()).ToList(),
    });

    public void Progress(long update, double trainingSeconds)
    {
        LastProgress = update;
        OnProgress(update);
    }

    public void Record(LayerImage image) => Images.Add(image);

    public void Record(LayerStatistics row) => Statistics.Add(row);

    public void Record(LayerHistogram row)
    {
    }
}
