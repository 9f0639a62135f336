using System.Globalization;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Runs;
using Sonde.Training;

namespace Sonde.Interop.Watching;

/// <summary>A training that another program runs and Sonde looks into: arrays of its layers in; statistics, findings and an ordinary run folder out.</summary>
/// <remarks>Call <see cref="Observe"/> at some updates and <see cref="Add"/> with errors and costs, then read <see cref="Verdict"/> or
/// <see cref="Save"/>. One caller at a time.</remarks>
public sealed class ObservedTraining
{
    private readonly List<CurvePoint> curve = [];
    private readonly List<LayerStatistics> layers = [];
    private readonly List<LayerHistogram> histograms = [];
    private readonly List<string> notes = [];
    private long[]? counts;
    private int batches;

    // A share of 0.8 is seen as 0.88 in one of forty samples of a hundred.
    private const int FewestLabels = 100, FewestBatches = 2;

    /// <summary>Describes a network of dense layers.</summary>
    /// <param name="name">The name of the trial: letters and digits of any script, and -._+= .</param>
    /// <param name="inputs">Values per example, 1 or more.</param>
    /// <param name="units">Units of each layer, from the first hidden layer to the output layer.</param>
    /// <param name="activation">The function behind every hidden layer, by a name of Sonde or of another framework, such as <c>tanh</c> or <c>ReLU</c>.</param>
    /// <param name="isClassifier">True if the output layer is a softmax over classes, false if its activations are its pre-activations.</param>
    /// <exception cref="ArgumentException">A size is below 1, there is no layer, or Sonde does not know the activation.</exception>
    public ObservedTraining(string name, int inputs, IReadOnlyList<int> units, string activation, bool isClassifier = true)
        : this(name, ShapesOf(inputs, units, activation, isClassifier))
    {
    }

    internal ObservedTraining(string name, IReadOnlyList<LayerShape> shapes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Shapes) = (name, shapes);
    }

    /// <summary>The name of the trial.</summary>
    public string Name { get; }

    /// <summary>Statistics of the layers, in the order in which they were observed.</summary>
    public IReadOnlyList<LayerStatistics> Layers => layers;

    /// <summary>Histograms of the layers.</summary>
    public IReadOnlyList<LayerHistogram> Histograms => histograms;

    /// <summary>Errors and costs.</summary>
    public IReadOnlyList<CurvePoint> Curve => curve;

    /// <summary>What is missing, and what therefore cannot be judged; one sentence each.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>What the numbers say so far.</summary>
    public Verdict Verdict => Verdict.From(new TrialHistory(new NetworkFacts(Shapes.Count - 1, SharedActivation)
    {
        Task = Facts.HasNumbers ? TargetKind.Values : Facts.HasAnswers ? TargetKind.YesNo : TargetKind.Classes,
        Activations = SharedActivation is null ? [.. Shapes.SkipLast(1).Select(shape => shape.Activation)] : [],
        Inputs = Shapes[0].Inputs, Outputs = Shapes[^1].Units, Units = [.. Shapes.SkipLast(1).Select(shape => shape.Units)],
        Output = Facts.Cost is null ? null : Shapes[^1].Output, Cost = Facts.Cost,
    }, curve, layers)
    { Divergence = ObservedRun.FindDivergence(this), CountedIn = Facts.CountedIn, IsImported = true, HasNetwork = Facts.HasNetwork });

    internal IReadOnlyList<LayerShape> Shapes { get; }

    /// <summary>What else is known of the training.</summary>
    internal TrainingFacts Facts { get; init; } = new();

    /// <summary>The function of all hidden layers; null if they differ or one is unknown.</summary>
    internal Activation? SharedActivation => Shapes.SkipLast(1).Select(shape => shape.Activation).Distinct().ToList() is [var only] ? only : null;

    /// <summary>The last update at which something is known.</summary>
    internal long Updates => Math.Max(Facts.Updates ?? 0, Math.Max(layers.Select(row => row.Update).DefaultIfEmpty().Max(),
        curve.Select(point => point.Update).DefaultIfEmpty().Max()));

    /// <summary>Measures what the layers held at one update.</summary>
    /// <param name="update">Updates done before.</param>
    /// <param name="arrays">Those of each layer, from the first hidden layer to the output layer.</param>
    /// <param name="inputs">The examples, [rows, inputs], row major; null to leave their statistics out.</param>
    /// <param name="labels">The class of each example; null if they are not known.</param>
    /// <param name="cancellation">Stops before the next layer is measured; nothing is added then.</param>
    /// <exception cref="ArgumentException">An array does not fit its layer, or there are more labels than rows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Observe(
        long update, IReadOnlyList<LayerArrays> arrays, float[]? inputs = null, int[]? labels = null, CancellationToken cancellation = default) =>
        Measure(update, arrays, inputs is null ? null : (inputs, Shapes[0].Inputs), labels, cancellation);

    // The rows of a convolution's input are narrower than what one of its units sees.
    internal void Measure(long update, IReadOnlyList<LayerArrays> arrays, (float[] Values, int Width)? inputs, int[]? labels,
        CancellationToken cancellation, float[]? targets = null)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentOutOfRangeException.ThrowIfNegative(update);
        if (arrays.Count != Shapes.Count)
            throw new ArgumentException($"Expected the arrays of {Shapes.Count} layers, got {arrays.Count}. Pass one for each layer, the output layer last.",
                nameof(arrays));
        if (arrays.Index().FirstOrDefault(layer => layer.Item is null, (-1, null!)).Index is >= 0 and var missing)
            throw new ArgumentException($"The arrays of layer {missing + 1} are null. Pass new LayerArrays() for a layer of which nothing is known.",
                nameof(arrays));
        var rows = 0;
        for (var i = 0; i < arrays.Count; i++)
            rows = LayerMeasurement.Rows(Shapes[i], arrays[i], $"layer {i + 1}");
        if (rows == 0 && inputs is var (examples, size))
            rows = examples.Length / size;
        // A row may be a position of an example, so there may be fewer labels.
        if (rows > 0 && labels?.Length > rows)
            throw new ArgumentException($"Got {labels.Length} labels for {rows} {(rows == 1 ? "row" : "rows")}. Pass one label for each example.",
                nameof(labels));
        var measured = new MemoryLog[arrays.Count];
        Parallel.For(0, arrays.Count, new() { CancellationToken = cancellation },
            i => measured[i] = LayerMeasurement.Measure(update, i + 1, Shapes[i], arrays[i]));
        if (inputs is var (all, across))
            CheckData(update, Quantity.Input, all, across);
        if (update == 0 && inputs is var (values, width))
            layers.AddRange(InputMeasurement.Measure(values, width, labels, Shapes[^1].Units));
        Count(update, labels);
        if (update == 0 && targets is { Length: > 0 })
            layers.Add(PooledValues.Statistics(update, InputProbe.Layer, Quantity.Target, targets));
        foreach (var log in measured)
        {
            layers.AddRange(log.Layers);
            histograms.AddRange(log.Histograms);
        }
    }

    /// <summary>Adds a point of an error curve; what is not known is NaN.</summary>
    /// <param name="point">Its split is <c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <exception cref="ArgumentException">It has another split, or an update below 0.</exception>
    public void Add(CurvePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Split is not ("train" or "validation" or "test"))
            throw new ArgumentException($"The split is '{point.Split}'; expected train, validation or test.", nameof(point));
        ArgumentOutOfRangeException.ThrowIfNegative(point.Update, nameof(point));
        curve.Add(point);
        if (double.IsInfinity(point.Cost))
            AddBrokenCost(point.Update);
    }

    /// <summary>Adds what is known of the errors of a split at an update, unless its errors are known there already.</summary>
    internal void AddErrors(CurvePoint errors)
    {
        var index = curve.FindIndex(point => (point.Update, point.Split) == (errors.Update, errors.Split));
        if (index < 0)
            curve.Add(errors);
        else if (double.IsNaN(curve[index].Error) && (curve[index].Rmse ?? curve[index].Mae) is null)
            curve[index] = errors with { Cost = curve[index].Cost };
    }

    /// <summary>The first update at which a cost was NaN or infinite, and not merely unknown; null if there is none.</summary>
    internal long? BrokenCost { get; private set; }

    /// <summary>Says that a cost was NaN or infinite.</summary>
    internal void AddBrokenCost(long update) => BrokenCost = Math.Min(BrokenCost ?? update, update);

    /// <summary>The first value of the data that was NaN or infinite; null if there is none.</summary>
    internal Divergence? BrokenData { get; private set; }

    /// <summary>Looks for the first value of inputs or targets that is not finite.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="quantity"><see cref="Quantity.Input"/> or <see cref="Quantity.Target"/>.</param>
    /// <param name="values">[rows, width].</param>
    /// <param name="width">Values per row.</param>
    internal void CheckData(long update, string quantity, float[] values, int width)
    {
        if (BrokenData is null && Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var place)
            BrokenData = new(update, quantity == Quantity.Input ? InputProbe.Layer : Shapes.Count, quantity, string.Create(CultureInfo.InvariantCulture,
                $"the {quantity} in row {place / width}, column {place % width} of the batch at update {update:#,0} is {values[place]}, counted from 0; "
                + $"correct it, or leave the example out"));
    }

    // Shares of classes are those of all observed batches together: a single one has too few examples, or those of one part of a sorted file.
    private void Count(long update, int[]? labels)
    {
        var classes = Math.Max(2, Shapes[^1].Units);
        if (labels is not { Length: > 0 } || labels.Any(label => label < 0 || label >= classes))
            return;
        counts ??= new long[classes];
        foreach (var label in labels)
            counts[label]++;
        if (++batches < FewestBatches || counts.Sum() is var all && all < FewestLabels)
            return;
        var row = PooledValues.Statistics(update, InputProbe.Layer, Quantity.TrainClassShare, [.. counts.Select(count => (float)count / all)]);
        layers.RemoveAll(old => old.Quantity == Quantity.TrainClassShare);
        layers.Add(row);
    }

    /// <summary>Adds a sentence about what is missing.</summary>
    internal void Note(string sentence) => notes.Add(sentence);

    /// <summary>Writes an ordinary run folder with this trial, or adds the trial to one that holds such trials: <c>sonde report</c> and every other command
    /// work on it.</summary>
    /// <param name="directory">The run folder; made if there is none.</param>
    /// <exception cref="Records.Files.RecordException">The folder holds a study that Sonde ran, or a trial of this name, or cannot be written.</exception>
    public RunFolder Save(string directory) => ObservedRun.Write(directory, this);

    private static IReadOnlyList<LayerShape> ShapesOf(int inputs, IReadOnlyList<int> units, string activation, bool isClassifier)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        if (units.Count == 0 || units.Any(count => count < 1) || isClassifier && units[^1] < 2)
            throw new ArgumentException($"Expected 1 or more units in every layer, and 2 or more classes, got {string.Join(", ", units)}. Pass the units of "
                + "each layer, the output layer last.", nameof(units));
        var function = ActivationNames.Find(activation) ?? throw new ArgumentException($"Sonde knows no activation '{activation}'; it knows "
            + $"{string.Join(", ", ActivationList.All)}. Name one of them, or register your own in ActivationList.", nameof(activation));
        return [.. units.Index().Select(unit => new LayerShape(unit.Index == 0 ? inputs : units[unit.Index - 1], unit.Item,
            unit.Index < units.Count - 1 ? function : null,
            unit.Index < units.Count - 1 ? null : isClassifier ? OutputList.Softmax : OutputKind.Linear))];
    }
}
