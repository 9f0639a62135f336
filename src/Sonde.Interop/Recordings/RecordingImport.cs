using Sonde.Interop.Curves;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Interop.Recordings;

/// <summary>Turns a recording into an observed training: everything valid is measured, everything else is named.</summary>
internal sealed class RecordingImport
{
    private const string CurveFile = "curve.csv";

    private readonly string directory;
    private readonly List<string> skipped = [];
    private readonly RecordingFacts facts;
    private readonly IReadOnlyList<(long Update, string Path)> files;
    private readonly ForeignCurves? curves;
    private readonly List<CurvePoint> batchErrors = [];
    private RecordedCost? shown;

    private RecordingImport(string directory)
    {
        (this.directory, files) = (directory, RecordedObservation.In(directory));
        facts = RecordingFacts.Find(directory, out var problem) ?? FromTensors(problem!);
        if (facts.Ignored.Count > 0)
            skipped.Add($"{RecordingFacts.FileName}: {string.Join(", ", facts.Ignored)} {(facts.Ignored.Count == 1 ? "is" : "are")} left out; expected a "
                + "positive number.");
        curves = ReadCurves();
        if (facts.Layers.Count == 0)
            throw new InteropException($"{directory}: {RecordingFacts.FileName} lists no layers. Record again with sonde_recorder.watch(model).");
    }

    /// <summary>True if a folder is a recording, whole or not.</summary>
    public static bool IsRecording(string directory) => Directory.Exists(directory)
        && (File.Exists(Path.Combine(directory, RecordingFacts.FileName)) || RecordedObservation.In(directory).Count > 0);

    /// <summary>Reads a recording and measures its observations.</summary>
    /// <param name="directory">Its folder.</param>
    /// <param name="name">The name of the trial.</param>
    /// <param name="progress">Receives how many observations are done and how many there are; may be null.</param>
    /// <param name="cancellation">Stops before the next observation.</param>
    /// <returns>The training, and a sentence for everything that was left out.</returns>
    /// <exception cref="InteropException">There is neither a whole observation nor a description of the network.</exception>
    public static (ObservedTraining Training, IReadOnlyList<string> Skipped) Read(
        string directory, string name, IProgress<(int Done, int All)>? progress = null, CancellationToken cancellation = default)
    {
        var import = new RecordingImport(directory);
        return (import.Measure(name, progress, cancellation), import.skipped);
    }

    private ObservedTraining Measure(string name, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        ObservedTraining? training = null;
        var (seen, done) = (new List<long>(), 0);
        foreach (var (update, path) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            using var observation = Open(update, path);
            if (observation is not null && (training ??= Describe(name, observation)) is not null)
            {
                Measure(training, observation, cancellation);
                seen.Add(update);
            }
            progress?.Report((++done, files.Count));
        }
        training ??= new(name, [.. facts.Layers.Select((layer, index) => new LayerShape(layer.Inputs ?? 1, layer.Units ?? 1,
            ActivationNames.Find(layer.Activation), index == facts.Layers.Count - 1 ? OutputKind.Linear : null))])
        {
            Facts = KnownFacts(null),
        };
        NoteGaps(training, seen);
        curves?.AddTo(training);
        batchErrors.ForEach(training.AddErrors);
        Note(training);
        return training;
    }

    // The first observation is read twice, and says what it lacks once.
    private void Skip(string sentence)
    {
        if (!skipped.Contains(sentence))
            skipped.Add(sentence);
    }

    private RecordedObservation? Open(long update, string path)
    {
        try
        {
            return new(TensorFile.Open(path), update, Skip);
        }
        catch (Exception damage) when (damage is InteropException or IOException)
        {
            skipped.Add($"{Path.GetFileName(path)} is left out: {damage.Message}");
            return null;
        }
    }

    /// <summary>Finds activations, output and cost from the first whole observation.</summary>
    private ObservedTraining Describe(string name, RecordedObservation observation)
    {
        var shapes = new List<LayerShape>();
        var (cost, outputs) = (default(Cost), default(int?));
        var seen = observation.Layers;
        foreach (var (index, layer) in facts.Layers.Index())
        {
            var (inputs, units) = (layer.Inputs ?? seen.ElementAtOrDefault(index)?.Inputs ?? 1, layer.Units ?? seen.ElementAtOrDefault(index)?.Units
                ?? throw new InteropException($"{directory}: {RecordingFacts.FileName} lists layer '{layer.Name}' without its units, and observation "
                    + $"{observation.Update} has no tensors of it. State its units there, or remove the layer."));
            var arrays = observation.Read(index + 1, layer, inputs, units);
            var isOutput = index == facts.Layers.Count - 1;
            if (!isOutput)
            {
                shapes.Add(new(inputs, units, FunctionOf(layer, arrays)));
                continue;
            }
            outputs = ValuesOf(arrays);
            var isSoftmax = layer.Activation is "Softmax" or "LogSoftmax" or "softmax" or "log_softmax" && units > 1;
            var output = isSoftmax ? OutputList.Softmax : FunctionOf(layer, arrays) is { } function ? OutputList.Find(function.Name) : null;
            if (arrays is { Preactivation: { } s, PreactivationGradient: { } gradient })
            {
                gradient = Scaled(gradient, observation, s.Length / units);
                if (OutputKind.FindCost(s, gradient, observation.FindTargets(s.Length), units, output?.Name == "sigmoid") is var (found, itsOutput))
                    (cost, output) = (found, itsOutput);
                else
                    cost = (shown = RecordedCost.Find(observation, output ?? OutputKind.Linear, s, gradient, units))?.Cost;
            }
            shapes.Add(new(inputs, units, null, output ?? OutputKind.Linear));
        }
        cost ??= CostSearch.Named(facts.Cost, shapes[^1].Output);
        if (cost is null && facts.Cost is { } strange && !CostSearch.IsOperation(strange))
            Skip($"{RecordingFacts.FileName}: Sonde knows no cost '{strange}', so it is left out. It knows {string.Join(", ", CostList.All)}.");
        return new(name, shapes) { Facts = WithTask(KnownFacts(cost), observation, outputs, shapes[^1].Units) };
    }

    // A binary cross-entropy takes shares of an image's brightness as well as answers.
    private TrainingFacts WithTask(TrainingFacts known, RecordedObservation observation, int? outputs, int units)
    {
        var (targets, isOfAnswers) = (TargetsOf(observation, outputs, units), known.Cost?.Name is "bce" or "bce-logits");
        return targets is null ? known : known with
        {
            HasNumbers = known.HasNumbers || curves?.AreOfClasses != true && known.Cost?.Name != "nll" && !(isOfAnswers && units == 1)
                && AreNumbers(targets, units),
            HasAnswers = isOfAnswers && units > 1 && targets.All(target => target is 0 or 1) && !targets.Chunk(units).All(row => row.Sum() == 1),
        };
    }

    private static int? ValuesOf(LayerArrays output) => (output.Preactivation ?? output.Activation ?? output.PreactivationGradient)?.Length;

    private static Activation? FunctionOf(RecordedLayer layer, LayerArrays arrays) => ActivationNames.Find(layer.Activation)
        ?? (layer.Activation is null && arrays is { Preactivation: { } s, Activation: { } z } ? ActivationNames.FindFrom(s, z) : null);

    private void Measure(ObservedTraining training, RecordedObservation observation, CancellationToken cancellation)
    {
        var last = training.Shapes.Count - 1;
        observation.SkipUnknown(training.Shapes.Count);
        var arrays = new LayerArrays[training.Shapes.Count];
        for (var i = 0; i < arrays.Length; i++)
            arrays[i] = observation.Read(i + 1, facts.Layers[i], training.Shapes[i].Inputs, training.Shapes[i].Units);
        var rows = (arrays[last].Preactivation ?? arrays[last].PreactivationGradient)?.Length / training.Shapes[last].Units ?? facts.Batch ?? 1;
        arrays = [.. arrays.Select(layer => layer with
        {
            PreactivationGradient = layer.PreactivationGradient is { } gradient ? Scaled(gradient, observation, rows) : null,
            WeightGradient = layer.WeightGradient is { } sum && !facts.IsMean ? Times(sum, 1f / (observation.LossRows ?? rows)) : layer.WeightGradient,
        })];
        var (output, units) = (arrays[last], training.Shapes[last].Units);
        var (labels, targets) = (LabelsOf(training, observation, output), TargetsOf(observation, ValuesOf(output), units));
        AddBatchError(training, observation.Update, output, labels, targets);
        // Log-probabilities and the like are no P(y|x); it is computed from s.
        if (training.Shapes[last].IsSoftmax)
            arrays[last] = output with { Activation = null };
        if (targets is not null)
            training.CheckData(observation.Update, Quantity.Target, targets, units);
        training.Measure(observation.Update, arrays, observation.FindInputs(), labels ?? AnswersOf(training, targets), cancellation,
            training.Facts.HasNumbers ? targets : null);
    }

    private static int[]? LabelsOf(ObservedTraining training, RecordedObservation observation, LayerArrays output)
    {
        var shape = training.Shapes[^1];
        var labels = observation.FindLabels(ValuesOf(output) / shape.Units)
            ?? (shape.IsSoftmax && output is { Preactivation: { } s, PreactivationGradient: { } gradient }
            ? OutputKind.FindLabels(s, gradient, shape.Units) : null);
        return labels?.All(label => label >= 0 && label < shape.Units) == true ? labels : null;
    }

    // Several outputs of a row may be recorded as a single column of as many rows, and the other way round.
    private float[]? TargetsOf(RecordedObservation observation, int? outputs, int units) =>
        (observation.FindTargets(outputs) ?? (shown is { LearnsInputs: true } ? observation.FindInputs()?.Inputs : null)) is { Length: > 0 } targets
            && targets.Length % units == 0 ? targets : null;

    // A single yes or no is one of two classes.
    private static int[]? AnswersOf(ObservedTraining training, float[]? targets) => training.Shapes[^1].Units == 1 && !training.Facts.HasNumbers
        && targets?.All(target => target is 0 or 1) == true ? Array.ConvertAll(targets, target => (int)target) : null;

    // 0 and 1 are answers, and rows of shares that add up to 1 are classes.
    private static bool AreNumbers(float[] targets, int units) => !targets.All(target => target is 0 or 1)
        && (units == 1 || targets.Any(target => target is < 0 or > 1) || !targets.Chunk(units).All(row => Math.Abs(row.Sum() - 1) < 1e-3));

    private void AddBatchError(ObservedTraining training, long update, LayerArrays output, int[]? labels, float[]? targets)
    {
        var (units, cost) = (training.Shapes[^1].Units, training.Facts.Cost?.Name);
        if ((output.Activation ?? output.Preactivation) is not { } outputs)
            return;
        if (training.Facts.HasNumbers && targets?.Length == outputs.Length)
            batchErrors.Add(BatchError.OfValues(update, outputs, units, targets));
        else if (cost is "bce" or "bce-logits" && targets?.Length == outputs.Length)
            batchErrors.Add(BatchError.OfYesNo(update, outputs, cost == "bce" ? 0.5f : 0, targets));
        else if (labels is not null && BatchError.OfClasses(update, outputs, units, labels) is { } errors)
            batchErrors.Add(errors);
    }

    /// <summary>Turns the gradient of a batch's loss into that of one example's cost.</summary>
    private float[] Scaled(float[] gradient, RecordedObservation observation, int rows) =>
        facts.IsMean ? Times(gradient, observation.LossRows ?? rows) : gradient;

    private static float[] Times(float[] values, float factor) => Array.ConvertAll(values, value => value * factor);

    private TrainingFacts KnownFacts(Cost? cost) => new()
    {
        Framework = facts.Framework, Cost = cost, Batch = facts.Batch, Updates = facts.Updates, Every = facts.Every, Optimizer = facts.Optimizer,
        LearningRate = facts.LearningRate, HasNumbers = curves?.AreOfNumbers == true,
    };

    private RecordingFacts FromTensors(string problem)
    {
        foreach (var (update, path) in files)
        {
            using var observation = Open(update, path);
            if (observation?.Layers is not { Count: > 0 } layers)
                continue;
            skipped.Clear();
            skipped.Add($"{problem}: layers and sizes are taken from {Path.GetFileName(path)}, and the loss is taken to be a mean over the batch.");
            return new() { Layers = layers };
        }
        throw new InteropException($"{directory}: {problem}, and no observation can be read. Give the folder that sonde_recorder wrote, or record again.");
    }

    private ForeignCurves? ReadCurves()
    {
        var path = Path.Combine(directory, CurveFile);
        // A heading alone is that of a recording whose program logged nothing.
        if (!File.Exists(path) || File.ReadLines(path).Skip(1).All(string.IsNullOrWhiteSpace))
            return null;
        try
        {
            var read = CsvCurves.Read(path);
            skipped.AddRange(read.LeftOut(path, "columns"));
            return read;
        }
        catch (InteropException damage)
        {
            skipped.Add($"{CurveFile} is left out: {damage.Message}");
            return null;
        }
    }

    private void NoteGaps(ObservedTraining training, List<long> seen)
    {
        if (facts.Every is not { } every || seen.Count < 2)
            return;
        var missing = new List<long>();
        for (var update = seen[0]; update < seen[^1]; update += every)
            if (!seen.Contains(update))
                missing.Add(update);
        if (missing.Count > 0)
            training.Note($"{(missing.Count == 1 ? "The observation" : $"{missing.Count} observations")} at {(missing.Count == 1 ? "update" : "updates")} "
                + $"{string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? ", ..." : "")} could not be read. Copy observation-{missing[0]}.safetensors"
                + $"{(missing.Count == 1 ? "" : " and the others")} into the recording to have {(missing.Count == 1 ? "it" : "them")}.");
    }

    private void Note(ObservedTraining training)
    {
        RecordingNotes.Add(training, facts);
        if (shown?.Factor is { } factor)
            training.Note(factor);
        if (skipped.Count > 0)
            training.Note($"{(skipped.Count == 1 ? "One thing was" : $"{skipped.Count} things were")} left out of the import.");
    }
}
