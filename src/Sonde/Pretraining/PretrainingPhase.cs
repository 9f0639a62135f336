using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Training;

namespace Sonde.Pretraining;

/// <summary>The updates of one autoencoder after another, from the input. They are counted below 0, so that supervised training begins at
/// update 0.</summary>
/// <param name="pretrainer">Trains the autoencoders.</param>
/// <param name="setting">What it computes.</param>
/// <param name="engine">The engine that observers see.</param>
/// <param name="data">Where examples come from; labels are not used.</param>
/// <param name="plan">When to evaluate.</param>
/// <param name="schedule">The observers.</param>
/// <param name="log">Receives points and pictures.</param>
internal sealed class PretrainingPhase(
    IPretrainer pretrainer, PretrainingSetting setting, IEngine engine, Dataset data, TrainingPlan plan, ObserverSchedule schedule, ITrainingLog log) : Phase
{
    private const string Rate = "learning rate of pre-training";

    private readonly Parameters copy = Parameters.Empty(setting.Network);
    private readonly IReadOnlyList<float[]> decoderBiases = setting.NewDecoderBiases();
    private readonly ExampleStream examples = data.Open(Split.Train, plan.Seed);

    public override long End => 0;

    public override IReadOnlyList<float[]> DecoderBiases => decoderBiases;

    private long First => -setting.Plan.UpdatesOf(setting.Network.Depth);

    public override void Load(Parameters parameters, Checkpoint? from)
    {
        pretrainer.Load(parameters, from?.DecoderBiases ?? setting.NewDecoderBiases());
        Save(parameters);
    }

    public override void Save(Parameters parameters, OptimizerState? state = null) => pretrainer.Save(parameters, decoderBiases);

    public override void LoadObservedEngine()
    {
        pretrainer.Save(copy, decoderBiases);
        engine.Load(copy);
    }

    public override BatchResult Update(long update)
    {
        if (pretrainer.Threads != engine.Threads)
            pretrainer.Threads = engine.Threads;
        var first = (update - First) * plan.Batch;
        if (schedule.FindDueLive(update) is { } observation)
        {
            var (inputs, labels) = examples.Read(first, plan.Batch);
            LoadObservedEngine();
            engine.Observe(inputs, labels, observation);
        }
        return new(pretrainer.Update(LayerAfter(update), examples, first), 0);
    }

    public override bool Evaluate(long update, TrainingTally tally)
    {
        var isLayerDone = (update - First) % setting.Plan.Updates == 0;
        if (!isLayerDone && update % plan.EvaluateEvery != 0)
            return false;
        if (update > First)
        {
            var trained = LayerAfter(update - 1);
            if (tally.Batches > 0)
                log.Record(new CurvePoint(update, $"pretrain-{trained}", tally.CostSum / tally.Batches, double.NaN));
            log.Record(Validation(update, trained));
        }
        if (isLayerDone && update < End)
            log.Record(Validation(update, LayerAfter(update)));
        if (isLayerDone && update > First)
            Draw(update);
        return true;
    }

    public override Divergence? FindDivergence(long update, Parameters parameters, OptimizerState state) =>
        DivergenceSearch.InParameters(parameters, update, Rate) ?? DivergenceSearch.InDecoders(decoderBiases, update, Rate);

    public override Divergence ExplainDivergence(long update, Parameters parameters)
    {
        Save(parameters);
        return DivergenceSearch.InParameters(parameters, update, Rate)
            ?? Divergence.FromStep(update, LayerAfter(update), "reconstructionCost", $"the reconstruction cost of layer {LayerAfter(update)}", Rate, "it");
    }

    public override void Dispose()
    {
        pretrainer.Dispose();
        base.Dispose();
    }

    // The layer that is trained by the update that follows this many.
    private int LayerAfter(long update) => (int)((update - First) / setting.Plan.Updates) + 1;

    private CurvePoint Validation(long update, int layer)
    {
        var evaluated = data.OpenFirst(plan.EvaluationExamples, Split.Validation, plan.Seed);
        return new(update, $"pretrain-{layer}-validation", pretrainer.Evaluate(layer, evaluated, 0, evaluated.Length), double.NaN);
    }

    private void Draw(long update)
    {
        pretrainer.Save(copy, decoderBiases);
        foreach (var image in new LayerImages(setting, data, copy, decoderBiases).CreateAfter(LayerAfter(update - 1), update))
            log.Record(image);
    }
}
