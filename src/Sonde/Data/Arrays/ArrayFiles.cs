using Sonde.Data.Fetching;
using Sonde.Numerics.Random;

namespace Sonde.Data.Arrays;

/// <summary>Opens a user's own arrays: finds and reads the files, cuts parts that have no file out of the training examples, and scales the inputs.</summary>
public static class ArrayFiles
{
    private const string Name = "arrays";
    private const int MostClassesShown = 12;

    /// <summary>Opens the arrays at a path.</summary>
    /// <param name="path">A CSV file, or a folder with files of known names; relative to the working folder, else to a data folder.</param>
    /// <param name="settings">How to read, split and scale.</param>
    /// <param name="seed">Decides which examples go into the parts without files; the same for every trial of a study.</param>
    /// <param name="folder">The data folders in which to search next.</param>
    /// <exception cref="DataException">Files are missing or broken, or do not fit each other or the settings.</exception>
    public static ArrayDataset Open(string path, ArraySettings settings, ulong seed, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        return Open(Name, Locate(path, folder), settings, seed);
    }

    /// <summary>Opens the arrays at a place under another name.</summary>
    internal static ArrayDataset Open(string name, string place, ArraySettings settings, ulong seed)
    {
        var files = ArrayFolder.FromPath(place, settings.Task);
        var reader = new ArrayExamples(settings);
        var train = reader.Read(files.Train);
        var (validation, test) = (files.Validation is { } v ? reader.Read(v) : null, files.Test is { } t ? reader.Read(t) : null);
        List<RawExamples> read = [.. new[] { train, validation, test }.OfType<RawExamples>()];
        foreach (var part in read.Skip(1))
            CheckAlike(part, train);
        if (settings.StandardizesTargets && settings.Task != TargetKind.Values)
            throw new DataException(place, "numbers as targets, which alone can be standardized", "another task",
                "Remove `targetScale: standardize`, or write `task: values`.");
        if (settings.Task != TargetKind.Classes)
            return OpenTargets(name, place, settings, seed, read, Split(place, settings, train, validation, test, new(seed, $"{Name}/split")), files.Unused);
        var classes = ClassNames.FromLabels(place, files.ClassNames, read.SelectMany(part => part.Names));

        var parts = Split(place, settings, train, validation, test, new(seed, $"{Name}/split"));
        List<byte[]> labels = [.. parts.Select(classes.IndicesOf)];
        var shared = SharedExamples.Compare(parts, labels, validation is not null, test is not null);
        var notes = new ClassNotes(classes.Names);
        var scale = InputScale.FromTraining(parts[0], settings.Scale, train.Shape is not null);
        List<LabelledExamples> scaled = [.. parts.Zip(labels, scale.Apply)];
        return new(name, train.Shape ?? new(1, 1, train.Inputs), classes.Names, scaled[0], scaled[1], scaled[2])
        {
            ScaledTo = scale.Range,
            IsInOrder = settings.IsInOrder,
            Account =
            [
                .. WhatWasRead(read, parts, $"each class has the same share of what was set aside, seed {seed}", files.Unused),
                .. shared,
                .. notes.OnSpelling(),
                .. notes.OnNumber(parts.Sum(part => part.Count)),
                .. Unlearnable(notes, classes.Names.Count, labels),
                .. notes.OnMissing("validation", labels[1].Select(label => (int)label)),
                .. notes.OnMissing("test", labels[2].Select(label => (int)label)),
                Counts(classes.Names, labels[0]),
                scale.Account,
            ],
        };
    }

    // A label is then the row of an example's targets, over all parts.
    private static ArrayDataset OpenTargets(
        string name, string place, ArraySettings settings, ulong seed, List<RawExamples> read, RawExamples[] parts, IReadOnlyList<string> unused)
    {
        var (train, outputs) = (read[0], read[0].Outputs);
        if (read.Find(part => part.Outputs != outputs) is { } other)
            throw new DataException(other.Path, $"{outputs} targets per example, as {train.Path} has", $"{other.Outputs}", "Use files of one dataset.");
        float[] targets = [.. parts.SelectMany(part => Enumerable.Range(0, part.Count).SelectMany(k => part.TargetsOf(k).ToArray()))];
        var (low, high) = (targets.Min(), targets.Max());
        var scaleAccount = settings.StandardizesTargets ? TargetScale.Standardize(targets, outputs, parts[0].Count) : null;
        var table = new TargetTable(settings.Task, outputs, targets);
        var scale = InputScale.FromTraining(parts[0], settings.Scale, train.Shape is not null);
        var scaled = new List<LabelledExamples>();
        foreach (var part in parts)
            scaled.Add(scale.Apply(part, new byte[part.Count]).WithRowsFrom(scaled.Sum(before => before.Count)));
        List<string> odd = settings.Task == TargetKind.YesNo && table.Values.Any(value => value is not (0 or 1))
            ? [$"targets from {low:0.####} to {high:0.####}, and `task: labels` takes 0 for no and 1 for yes"] : [];
        return new(name, train.Shape ?? new(1, 1, train.Inputs), [.. Enumerable.Range(1, outputs).Select(output => $"{output}")], scaled[0], scaled[1],
            scaled[2], table)
        {
            ScaledTo = scale.Range,
            IsInOrder = settings.IsInOrder,
            Account =
            [
                .. WhatWasRead(read, parts, $"what was set aside is drawn with seed {seed}", unused),
                $"{outputs} {(outputs == 1 ? "target" : "targets")} per example, from {low:0.####} to {high:0.####}",
                .. scaleAccount is null ? [] : new[] { scaleAccount },
                .. odd,
                scale.Account,
            ],
        };
    }

    /// <param name="read">The parts that the files hold.</param>
    /// <param name="parts">Training, validation and test examples.</param>
    /// <param name="draw">How parts without files of their own were set aside.</param>
    /// <param name="unused">Files that were not read.</param>
    private static IEnumerable<string> WhatWasRead(List<RawExamples> read, RawExamples[] parts, string draw, IReadOnlyList<string> unused) =>
    [
        .. read.Select(part => part.Account),
        $"{parts[0].Count:N0} training, {parts[1].Count:N0} validation and {parts[2].Count:N0} test examples of {Size(read[0])}"
            + (read.Count == parts.Length ? "" : $"; {draw}"),
        .. read.SelectMany(part => part.Notes).Distinct(),
        .. unused.Count == 0 ? [] : new[] { $"not used: {Shown(unused)}" },
    ];

    // A network cannot learn a class that it never sees.
    private static IEnumerable<string> Unlearnable(ClassNotes notes, int classes, List<byte[]> labels)
    {
        List<int> unseen = [.. Enumerable.Range(0, classes).Where(label => !labels[0].Contains((byte)label))];
        if (unseen.Count > 0)
            yield return $"no training example of {(unseen.Count == 1 ? "class" : "classes")} {notes.Shown(unseen)}, which a "
                + $"network cannot learn; {labels[2].Count(label => unseen.Contains(label)):N0} of {labels[2].Length:N0} test examples are of "
                + $"{(unseen.Count == 1 ? "it" : "them")}";
    }

    private static string Locate(string path, DataFolder folder)
    {
        DataFolder.FullPath("path", path);
        string[] tried = [path, .. Path.IsPathRooted(path) ? [] : folder.Places.Select(place => Path.Combine(place.Path, path))];
        return tried.FirstOrDefault(place => File.Exists(place) || Directory.Exists(place))
            ?? throw new DataException(Name, "a folder or a file at `path`", $"nothing at {string.Join(", ", tried)}",
                "Correct `path`; it is relative to the folder you are in, else to a data folder.");
    }

    private static void CheckAlike(RawExamples part, RawExamples train)
    {
        if (part.Inputs != train.Inputs || part.Shape != train.Shape)
            throw new DataException(part.Path, $"examples like those of {train.Path}, {Size(train)}", Size(part), "Use files of one dataset.");
        if (part.Columns is null || train.Columns is null)
            return;
        for (var k = 0; k < part.Inputs; k++)
            if (part.Columns[k] != train.Columns[k])
                throw new DataException(part.Path, $"the columns of {train.Path}, in which feature {k + 1} is '{PrintableText.From(train.Columns[k])}'",
                    $"'{PrintableText.From(part.Columns[k])}'", "Put the columns into one order.");
    }

    private static string Size(RawExamples examples) => examples switch
    {
        { Shape: { } shape } => $"{shape}",
        { Inputs: 1 } => "1 feature",
        _ => $"{examples.Inputs} features",
    };

    private static string Shown(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostClassesShown).Select(name => PrintableText.From(name)))
        + (names.Count > MostClassesShown ? $" and {names.Count - MostClassesShown} more" : "");

    private static string Counts(IReadOnlyList<string> names, byte[] labels)
    {
        var counts = names.Take(MostClassesShown).Select((name, k) => $"{PrintableText.From(name)} {labels.Count(label => label == k):N0}");
        return $"{names.Count} classes, with training examples: {string.Join(", ", counts)}{(names.Count > MostClassesShown ? ", ..." : "")}";
    }

    /// <summary>Cuts the examples into training, validation and test parts.</summary>
    private static RawExamples[] Split(string place, ArraySettings settings, RawExamples train, RawExamples? validation, RawExamples? test, RandomKey key)
    {
        CheckSize(place, "validation", settings.Validation, validation);
        CheckSize(place, "test", settings.Test, test);
        int[] sizes = [SizeOf(settings.Validation, validation, train.Count), SizeOf(settings.Test, test, train.Count)];
        if (sizes.Sum(size => (long)size) >= train.Count)
            throw new DataException(place, $"fewer examples set aside than all {train.Count}", $"{sizes.Sum(size => (long)size)}",
                "Make `validation` or `test` smaller.");
        if (validation is not null && test is not null)
            return [train, validation, test];
        var parts = StratifiedSplit.Cut(train.Labels, sizes, key);
        return [train.Select(parts[2]), validation ?? train.Select(parts[0]), test ?? train.Select(parts[1])];
    }

    private static void CheckSize(string place, string part, int? size, RawExamples? own)
    {
        if (own is not null && size is not null)
            throw new DataException(place, $"no size for the {part} part, which has a file of its own", $"`{part}: {size}`",
                $"Remove `{part}`, or move the file away.");
    }

    /// <summary>Returns how many examples a part takes from the training examples: none if it has a file, and a tenth if nobody says it.</summary>
    private static int SizeOf(int? size, RawExamples? own, int count) => own is not null ? 0 : size ?? Math.Max(1, (int)Math.Round(count / 10.0));
}
