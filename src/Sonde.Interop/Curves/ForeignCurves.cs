using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;
using Sonde.Training;

namespace Sonde.Interop.Curves;

/// <summary>Costs and errors as another program logged them, gathered by update and examples.</summary>
internal sealed class ForeignCurves
{
    private readonly Dictionary<(long Update, string Split, CurveKind Kind), double> values = [];
    private readonly Dictionary<(string Split, CurveKind Kind), (string Run, string Name)> sources = [];
    private readonly Dictionary<string, CurveName?> meanings = [];
    private readonly List<string> runsLeftOut = [];
    private readonly List<string> notes = [];
    private readonly HashSet<string> others = [], repeated = [], splits = [];

    /// <summary>True if the curves are of targets that are numbers.</summary>
    public bool AreOfNumbers => !AreOfClasses
        && values.Keys.Any(key => key.Kind is CurveKind.Rmse or CurveKind.Mse or CurveKind.Mae or CurveKind.RSquared);

    /// <summary>True if the curves count wrong or right answers.</summary>
    public bool AreOfClasses => values.Keys.Any(key => key.Kind is CurveKind.Error or CurveKind.Accuracy);

    /// <summary>True if nothing was found.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>What the curves count instead of updates, in the singular; null if they count updates. Keras calls a curve over epochs
    /// <c>epoch_loss</c>.</summary>
    public string? CountedIn
    {
        get => field ?? (sources.Count > 0 && sources.Values.All(source => source.Name.StartsWith("epoch_", StringComparison.Ordinal)) ? "epoch" : null);
        set;
    }

    /// <summary>Runs with a curve that is left out, because another run has the same.</summary>
    public IReadOnlyList<string> RunsLeftOut => runsLeftOut;

    /// <summary>How many numbers a later one of the same update has replaced.</summary>
    public int Replaced { get; private set; }

    /// <summary>The last update at which something was logged.</summary>
    public long Updates => values.Keys.Select(key => key.Update).DefaultIfEmpty().Max();

    /// <summary>Adds one number; a later one of the same update replaces it, as a resumed program logs again.</summary>
    /// <param name="source">What its program calls the curve; of two curves with the same meaning the first is taken.</param>
    /// <param name="split">The examples, if the name does not say.</param>
    /// <param name="update">Updates done.</param>
    /// <param name="value">The number, which may be NaN.</param>
    /// <param name="run">The folder that the curve is in, if a file may have curves of several.</param>
    /// <returns>False if the name means nothing that Sonde takes.</returns>
    public bool TryAdd(string source, string split, long update, double value, string run = "")
    {
        if (Meaning(source) is not { } name)
        {
            LeaveOut(source);
            return false;
        }
        Add((run, source), name.Split ?? split, name.Kind, update, value);
        return true;
    }

    /// <summary>Finds what a name means, which a file may ask for each number; null if nothing that Sonde takes.</summary>
    public CurveName? Meaning(string name) => meanings.TryGetValue(name, out var known) ? known : meanings[name] = CurveName.Find(name);

    private void Add((string Run, string Name) source, string split, CurveKind kind, long update, double value)
    {
        if (sources.TryAdd((split, kind), source) || sources[(split, kind)] == source)
        {
            Replaced += values.ContainsKey((update, split, kind)) ? 1 : 0;
            values[(update, split, kind)] = value;
        }
        else if (repeated.Add(source.Run + source.Name) && sources[(split, kind)] is var taken)
        {
            notes.Add($"The curve {source.Run}{source.Name} is left out: {taken.Run}{taken.Name} is taken for the {split} "
                + $"{kind.ToString().ToLowerInvariant()}.");
            if (source.Run != taken.Run)
                runsLeftOut.Add(source.Run);
        }
    }

    /// <summary>Forgets what a run logged from an update on: it was continued there.</summary>
    public void Forget(string run, long update)
    {
        foreach (var key in values.Keys.Where(key => key.Update >= update && sources[(key.Split, key.Kind)].Run == run).ToList())
            values.Remove(key);
    }

    /// <summary>Remembers a name that means nothing that Sonde takes.</summary>
    public void LeaveOut(string source) => others.Add(source);

    /// <summary>Remembers a name of examples that Sonde does not know.</summary>
    public void LeaveOutSplit(string split)
    {
        if (splits.Add(split))
            notes.Add($"Rows whose split is '{split}' are left out: write train, validation or test there.");
    }

    /// <summary>Names what was left out; nothing if nothing was.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="what">What the names are: <c>columns</c>, <c>scalars</c>.</param>
    public IReadOnlyList<string> LeftOut(string path, string what) => others.Count == 0 ? [] :
        [$"{Path.GetFileName(path)}: {what} left out, because their names mean no cost, error, accuracy, RMSE, MAE or R²: {Names()}. "
            + "To import one, call it val_loss or test_accuracy or the like."];

    /// <summary>Adds a sentence about what was left out.</summary>
    public void Note(string sentence)
    {
        if (!notes.Contains(sentence))
            notes.Add(sentence);
    }

    /// <summary>Throws unless something was found.</summary>
    /// <exception cref="InteropException">There is no cost, error or accuracy.</exception>
    public ForeignCurves OrThrow(string path, string names) => !IsEmpty ? this : throw new InteropException(
        $"{path}: expected {names} of costs, errors or accuracies, such as loss or val_accuracy, found "
        + $"{(others.Count == 0 ? "none" : Names())}. Rename one, or give another file.");

    private string Names() => string.Join(", ", others.Order(StringComparer.Ordinal).Take(8)) + (others.Count > 8 ? $" and {others.Count - 8} more" : "");

    /// <summary>Adds all points to a training; errors are per cent there.</summary>
    public void AddTo(ObservedTraining training)
    {
        foreach (var (split, kind) in values.Where(value => value.Key.Kind is CurveKind.Error or CurveKind.Accuracy && value.Value is < 0 or > 100
            && double.IsFinite(value.Value)).Select(value => (value.Key.Split, value.Key.Kind)).Distinct().ToList())
        {
            notes.Add($"The curve {sources[(split, kind)].Name} is left out: it has values below 0 or above 100, so it is no share. If the targets are "
                + "numbers, call it test_rmse, test_mae or the like.");
            foreach (var key in values.Keys.Where(key => (key.Split, key.Kind) == (split, kind)).ToList())
                values.Remove(key);
        }
        // 0.93 and 93 both mean an accuracy of 93 %: a whole curve of at most 1 is of shares.
        var scales = values.Where(value => value.Key.Kind is CurveKind.Error or CurveKind.Accuracy).GroupBy(value => (value.Key.Split, value.Key.Kind))
            .ToDictionary(curve => curve.Key, curve => curve.Where(value => double.IsFinite(value.Value)).All(value => Math.Abs(value.Value) <= 1) ? 100.0 : 1);
        foreach (var place in values.Keys.Select(key => (key.Update, key.Split)).Distinct().Order())
        {
            double? Value(CurveKind kind) => values.TryGetValue((place.Update, place.Split, kind), out var value) ? value : null;
            var cost = Value(CurveKind.Cost);
            if (cost is { } known && !double.IsFinite(known))
                training.AddBrokenCost(place.Update);
            var error = Value(CurveKind.Error) is { } wrong ? wrong * scales[(place.Split, CurveKind.Error)]
                : Value(CurveKind.Accuracy) is { } right ? 100 - right * scales[(place.Split, CurveKind.Accuracy)]
                : Value(CurveKind.RSquared) is { } share ? 100 * (1 - share) : double.NaN;
            training.Add(new CurvePoint(place.Update, place.Split, cost ?? double.NaN, error)
            {
                Rmse = Value(CurveKind.Rmse) ?? (Value(CurveKind.Mse) is { } square ? Math.Sqrt(square) : null), Mae = Value(CurveKind.Mae),
            });
        }
        foreach (var note in notes)
            training.Note(note);
    }
}
