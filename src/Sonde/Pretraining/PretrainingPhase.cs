using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Training;

namespace Sonde.Pretraining;

/// <summary>Updates of one autoencoder after another, from the input, before the first supervised update: counted below 0, so that update 0 is where supervised
/// training begins whatever came before.</summary>
/// <param name="pretrainer">What trains.</param>
/// <param name="setting">What it computes.</param>
/// <param name="engine">What observers look at.</param>
/// <param name="data">Where examples come from; labels are not looked at.</param>
/// <param name="plan">When to evaluate.</param>
/// <param name="watching">The observers.</param>
/// <param name="log">Receives points and pictures.</param>
internal sealed class PretrainingPhase(
    IPretrainer pretrainer, PretrainingSetting setting, IEngine engine, Dataset data, TrainingPlan plan, Observers watching, ITrainingLog log) : Phase
{
    private const string Rate = "pretraining.learningRate";

    private readonly Parameters shown = Parameters.Empty(setting.Network);
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

    public override void Show()
    {
        pretrainer.Save(shown, decoderBiases);
        engine.Load(shown);
    }

    public override BatchResult Update(long update)
    {
        var first = (update - First) * plan.Batch;
        if (watching.DueLive(update) is { } observation)
        {
            var (inputs, labels) = examples.Read(first, plan.Batch);
            Show();
            engine.Observe(inputs, labels, observation);
        }
        return new(pretrainer.Update(LayerAfter(update), examples, first), 0);
    }

    public override bool Evaluate(long update, TrainingTally tally)
    {
        var isTurn = (update - First) % setting.Plan.Updates == 0;
        if (!isTurn && update % plan.EvaluateEvery != 0)
            return false;
        if (update > First)
        {
            var trained = LayerAfter(update - 1);
            if (tally.Batches > 0)
                log.Record(new CurvePoint(update, $"pretrain-{trained}", tally.CostSum / tally.Batches, double.NaN));
            log.Record(Validation(update, trained));
        }
        if (isTurn && update < End)
            log.Record(Validation(update, LayerAfter(update)));
        if (isTurn && update > First)
            Draw(update);
        return true;
    }

    public override string? FindDivergence(long update, Parameters parameters, OptimizerState state) =>
        Divergence.InParameters(parameters, update, Rate) ?? Divergence.InDecoders(decoderBiases, update, Rate);

    public override string Describe(long update, Parameters parameters)
    {
        Save(parameters);
        return Divergence.InParameters(parameters, update, Rate)
            ?? $"the reconstruction cost of layer {LayerAfter(update)} became non-finite at update {update}; a smaller {Rate} may keep it finite";
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
        pretrainer.Save(shown, decoderBiases);
        foreach (var image in new LayerPictures(setting, data, shown, decoderBiases).Of(LayerAfter(update - 1), update))
            log.Record(image);
    }
}
