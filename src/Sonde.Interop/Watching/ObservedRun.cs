using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Fields;
using Sonde.Training;

namespace Sonde.Interop.Watching;

/// <summary>Writes trainings that Sonde observed as an ordinary run folder.</summary>
internal static class ObservedRun
{
    private const string Mark = "imported:";

    // File systems allow 255 bytes; names of figures and of unfinished files are longer.
    private const int LongestId = 120;

    /// <summary>Adds trainings to a run folder, which is made if there is none. What an import that was stopped left of them is written again.</summary>
    /// <exception cref="RecordException">The folder holds a study that Sonde ran, or a trial of one of the names, or cannot be written; the first two are
    /// found before anything is written.</exception>
    public static RunFolder Write(string directory, params IReadOnlyList<ObservedTraining> trainings)
    {
        var run = Open(directory);
        if (trainings.Select(training => IdOf(training.Name)).Where(id => run?.FindManifest(id) is { } found && TrialStatus.IsFinished(found.Status)).ToList()
            is [var there, ..])
            throw new RecordException($"{directory}: there is a trial '{there}' already. Rename what you import, delete that trial's folder, or name another "
                + "folder with --out.");
        run ??= RunFolder.Create(directory, StudyText(IdOf(NameOf(directory)), []));
        run.RemoveLeftovers();
        foreach (var training in trainings)
        {
            Write(run, training);
            run.ReplaceStudy(StudyText(run.Study, run.Trials));
        }
        return run;
    }

    /// <summary>Returns true if a run folder holds trials that Sonde did not train; false also if its <c>study.yaml</c> is damaged.</summary>
    public static bool IsImported(RunFolder run)
    {
        try
        {
            return IsMarked(run.ReadStudy());
        }
        catch (RecordException)
        {
            return false;
        }
    }

    private static bool IsMarked(string? study) => study is not null && study.Split('\n').Any(line => line.StartsWith(Mark, StringComparison.Ordinal));

    private static void Write(RunFolder run, ObservedTraining training)
    {
        var id = IdOf(training.Name);
        // A trial that is not finished was left by an import that was stopped; the training may have become longer since.
        using var folder = TrialFolder.Open(run.Directory, ManifestOf(training, id, run.Study), new LeaseTaker(TimeProvider.System),
            isLonger: found => !TrialStatus.IsFinished(found.Status))
            ?? throw new RecordException($"{run.Directory}: another process writes the trial '{id}'. Wait until it has ended, then try again.");
        foreach (var point in training.Curve.OrderBy(point => point.Update))
            folder.Add(point);
        foreach (var row in training.Layers)
            folder.Add(row);
        foreach (var row in training.Histograms)
            folder.Add(row);
        var broken = FindDivergence(training);
        folder.Finish(broken is null ? TrialStatus.Done : TrialStatus.Diverged, training.Updates, ResultOf(training.Curve), broken?.Sentence,
            divergence: broken);
    }

    /// <summary>Returns a trial id that is as near to a name as a folder's name may be. A long one is cut, and a digest keeps it distinct.</summary>
    public static string IdOf(string name)
    {
        var id = string.Concat(name.EnumerateRunes().Select(character => TrialFiles.IsOfId(character) ? character : new('-'))).TrimStart('.');
        if (Encoding.UTF8.GetByteCount(id) <= LongestId)
            return id.Length == 0 ? "training" : id;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))[..4]);
        var bytes = digest.Length + 1;
        return $"{string.Concat(id.EnumerateRunes().TakeWhile(character => (bytes += character.Utf8SequenceLength) <= LongestId))}-{digest}";
    }

    private static RunFolder? Open(string directory)
    {
        if (File.Exists(directory))
            throw new RecordException($"{directory}: expected a folder for the run, found a file. Name another folder with --out.");
        // A process that was killed before it had its study.yaml leaves a temporary file.
        if (!Directory.Exists(directory) || Directory.EnumerateFileSystemEntries(directory).All(path => path.EndsWith(".tmp", StringComparison.Ordinal)))
            return null;
        if (!File.Exists(Path.Combine(directory, RunFolder.StudyFileName)))
            throw new RecordException($"{directory}: expected a new or empty folder, found one that holds other files. Name another folder with --out.");
        var run = RunFolder.Open(directory);
        return IsMarked(run.ReadStudy()) ? run
            : throw new RecordException($"{directory}: this run folder holds a study that Sonde ran, and nothing can be added to it from outside. "
                + "Name another folder with --out.");
    }

    private static string NameOf(string directory) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));

    private static string StudyText(string name, IReadOnlyList<string> trials) =>
        $"# Sonde did not train these: they were imported, so there is nothing to run.\nstudy: {name}\n{Mark} [{string.Join(", ", trials)}]\n";

    private static TrialManifest ManifestOf(ObservedTraining training, string id, string study)
    {
        var versions = new Dictionary<string, string>
        {
            ["sonde"] = typeof(ObservedRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            ["dotnet"] = Environment.Version.ToString(),
        };
        if (training.Facts.Framework is { } framework)
            versions["framework"] = framework;
        return new()
        {
            Id = id,
            Study = study,
            Setting = SettingOf(training),
            Seed = 0,
            Versions = versions,
            Machine = new Dictionary<string, string>(),
            Status = TrialStatus.Running,
            Updates = 0,
            Notes = [.. training.Notes],
            CountedIn = training.Facts.CountedIn,
        };
    }

    /// <summary>Says what is known in the words of a study, and nothing else.</summary>
    private static Dictionary<string, string> SettingOf(ObservedTraining training)
    {
        var (facts, setting) = (training.Facts, new Dictionary<string, string>());
        void Set(SettingField field, IFormattable? value)
        {
            if (value is not null)
                setting[field.Key] = value.ToString(null, CultureInfo.InvariantCulture);
        }
        if (facts.HasNetwork)
        {
            var (hidden, shared) = (training.Shapes.SkipLast(1).ToList(), training.SharedActivation);
            setting[SettingField.Hidden.Key] = hidden.Count == 0 ? new HiddenWidths([]).ToString()
                : HiddenLayer.TextOf([.. hidden.Select(shape => new HiddenLayer(shape.Units) { Activation = shared is null ? shape.Activation : null })]);
            if (shared is not null)
                setting[SettingField.Activation.Key] = shared.Name;
        }
        if (facts.HasNetwork && training.Shapes[^1].Output is { } output && (!output.IsSoftmax || facts.Cost?.Name == "cross-entropy-logits"))
            setting[SettingField.Output.Key] = output.Name;
        if (facts.HasNumbers || facts.HasAnswers)
            (setting[SettingField.Data.Key], setting[SettingField.InData("task")]) = ("arrays", facts.HasNumbers ? "values" : "labels");
        if (facts.Cost is { } cost)
            setting[SettingField.Cost.Key] = cost.Name;
        if (facts.Optimizer is { } optimizer)
            setting[SettingField.Optimizer.Key] = optimizer.ToLowerInvariant();
        Set(SettingField.LearningRate, facts.LearningRate);
        Set(SettingField.Batch, facts.Batch);
        Set(SettingField.Updates, facts.CountedIn is null ? training.Updates : null);
        Set(SettingField.ProbeEvery, facts.Every);
        return setting;
    }

    private static TrialResult ResultOf(IReadOnlyList<CurvePoint> curve)
    {
        CurvePoint Last(string split) => curve.Where(point => point.Split == split).MaxBy(point => point.Update) ?? new(0, split, double.NaN, double.NaN);
        var (validation, test) = (Last("validation"), Last("test"));
        // Tables choose by the validation error. If there is none, nothing was chosen by it, and the test error does as well.
        if (double.IsNaN(validation.Error))
            validation = test;
        return new(double.NaN, validation.Error, validation.Cost, test.Error, test.Cost) { TestRmse = test.Rmse, TestMae = test.Mae };
    }

    /// <summary>Finds what broke the numbers: data that is not finite, else the earlier of what the layers and what the costs show; null if nothing
    /// broke.</summary>
    public static Divergence? FindDivergence(ObservedTraining training)
    {
        // Weights that are NaN make all else NaN.
        var value = training.Layers.Where(row => row is { NonFinite: > 0, Layer: > 0 }).OrderBy(row => row.Update)
            .ThenBy(row => row.Quantity == Quantity.Weight ? 0 : 1).FirstOrDefault();
        // A target may be NaN for an output that the cost leaves out.
        if (training.BrokenData is { } data && (data.Quantity == Quantity.Input || value is not null || training.BrokenCost is not null))
            return data;
        return value is not null && !(training.BrokenCost < value.Update)
            ? new(value.Update, value.Layer, value.Quantity, string.Create(CultureInfo.InvariantCulture,
                $"{WordsOf(value.Quantity)} of layer {value.Layer} are not finite at update {value.Update:#,0}"))
            : training.BrokenCost is { } update ? new(update, null, "cost", string.Create(CultureInfo.InvariantCulture,
                $"the cost is not finite at {training.Facts.CountedIn ?? "update"} {update:#,0}")) : null;
    }

    private static string WordsOf(string quantity) => quantity switch
    {
        Quantity.Activation => "activations",
        Quantity.Preactivation => "pre-activations",
        Quantity.BackpropagatedGradient => "back-propagated gradients",
        Quantity.WeightGradient => "weight gradients",
        Quantity.Weight => "weights",
        Quantity.Bias => "biases",
        _ => $"values ({quantity})",
    };
}
