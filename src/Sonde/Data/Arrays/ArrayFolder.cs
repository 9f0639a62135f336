using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>The files of one part of a dataset: inputs with their labels, or a CSV file that holds both.</summary>
/// <param name="Inputs">The inputs' file.</param>
/// <param name="Labels">The labels' file; null for CSV.</param>
internal sealed record ArrayPart(string Inputs, string? Labels);

/// <summary>The files of a user's own arrays, found by their names.</summary>
/// <param name="Train">The training examples; parts without files are cut from them.</param>
/// <param name="Validation">A part with files of its own; null if there is none.</param>
/// <param name="Test">A part with files of its own; null if there is none.</param>
/// <param name="ClassNames">A file that names the classes; null if there is none.</param>
internal sealed record ArrayFolder(ArrayPart Train, ArrayPart? Validation, ArrayPart? Test, string? ClassNames)
{
    private const int MostShown = 8;

    /// <summary>The names of the files in the folder that are not used; empty for a single file.</summary>
    public IReadOnlyList<string> Unused { get; private init; } = [];

    private static readonly string[] InputFiles = ["images.npy", "inputs.npy", "images-idx3-ubyte", "images-idx4-ubyte", "inputs-idx2-ubyte"];
    private const string DescriptionFile = "set.json";
    private const string Expected = "data.csv; or images.npy (or inputs.npy) and labels.npy; or images-idx3-ubyte and labels-idx1-ubyte; each also in "
        + "parts, as train-images.npy or test.csv";

    /// <summary>Finds the files at a path: a CSV file, or a folder with files of known names.</summary>
    /// <exception cref="DataException">There are no such files, or two for the same part.</exception>
    /// <param name="path">The file or the folder.</param>
    /// <param name="task">What a network learns: classes are in files of labels, everything else in files of targets.</param>
    public static ArrayFolder FromPath(string path, TargetKind task = TargetKind.Classes)
    {
        if (File.Exists(path))
            return Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".txt"
                ? new(new(path, null), null, null, null)
                : throw new DataException(path, "a folder, or a file whose name ends in .csv, .tsv or .txt", "another file",
                    Packed(path) ?? "Give the folder that holds inputs and labels.");
        var files = new FilesOf(path, task);
        var (whole, train) = (files.Part(null), files.Part(Split.Train));
        if (whole is not null && train is not null)
            throw new DataException(path, "one set to learn from", $"{Name(whole)} and {Name(train)}", "Move one of them away.");
        if ((whole ?? train) is not { } learnt)
            throw new DataException(path, Expected, files.Shown(MostShown),
                files.Names.Select(Packed).FirstOrDefault(fix => fix is not null) ?? "Rename the files.");
        var (validation, test, names) = (files.Part(Split.Validation), files.Part(Split.Test), files.One("classes.txt"));
        var used = new[] { learnt, validation, test }.OfType<ArrayPart>().SelectMany(part => new[] { part.Inputs, part.Labels }).Append(names).ToHashSet();
        return new(learnt, validation, test, names)
        {
            Unused = [.. files.Names.Where(name => !used.Contains(Path.Combine(path, name)) && !name.StartsWith('.') && name != DescriptionFile)],
        };
    }

    // What to do with files that Sonde does not open.
    private static string? Packed(string name) => name.ToLowerInvariant() switch
    {
        var n when n.EndsWith(".npz", StringComparison.Ordinal) =>
            "An .npz file is an archive of arrays: save each with numpy.save, as images.npy and labels.npy.",
        var n when n.EndsWith(".csv.gz", StringComparison.Ordinal) || n.EndsWith(".csv.zip", StringComparison.Ordinal) => "Unpack the CSV file.",
        var n when n.EndsWith(".parquet", StringComparison.Ordinal) || n.EndsWith(".xlsx", StringComparison.Ordinal) => "Save the table as CSV.",
        var n when n.EndsWith(".pkl", StringComparison.Ordinal) || n.EndsWith(".pickle", StringComparison.Ordinal)
            || n.EndsWith(".pt", StringComparison.Ordinal) =>
            "Sonde never unpickles: save the arrays with numpy.save, as images.npy and labels.npy.",
        _ => null,
    };

    private static bool IsIdx(string name) => name.EndsWith("-ubyte", StringComparison.Ordinal);

    private static string Name(ArrayPart part) => Path.GetFileName(part.Inputs);

    private sealed class FilesOf(string folder, TargetKind task)
    {
        /// <summary>The names of all files in the folder.</summary>
        public IReadOnlyList<string> Names { get; } =
            [.. DataFile.Read(folder, () => Directory.GetFiles(folder)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

        public string Shown(int most) => Names.Count == 0 ? "an empty folder" : string.Join(", ", Names.Take(most).Select(name => PrintableText.From(name)))
            + (Names.Count > most ? $" and {Names.Count - most} more" : "");

        /// <summary>Finds the one file that has one of several names, in any capitalization; null if there is none.</summary>
        public string? One(params IEnumerable<string> candidates)
        {
            var found = candidates.SelectMany(candidate => Names.Where(name => name.Equals(candidate, StringComparison.OrdinalIgnoreCase))).ToList();
            return found.Count switch
            {
                0 => null,
                1 => Path.Combine(folder, found[0]),
                _ => throw new DataException(folder, $"one of {string.Join(", ", found)}", found.Count == 2 ? "both" : "several", "Move all but one away."),
            };
        }

        /// <summary>Finds the files of a part; null if there are none.</summary>
        /// <param name="part">The part; null for files without a part's name.</param>
        public ArrayPart? Part(Split? part)
        {
            List<string> prefixes = part is null ? [""] : [.. PartNames.For(part.Value).Select(name => $"{name}-")];
            IEnumerable<string> With(params IEnumerable<string> stems) => prefixes.SelectMany(prefix => stems.Select(stem => prefix + stem));
            IEnumerable<string> arrays = [.. InputFiles, .. InputFiles.Where(IsIdx).Select(name => $"{name}.gz")];
            var inputs = One([.. With(arrays), .. part is null ? ["data.csv"] : PartNames.For(part.Value).Select(name => $"{name}.csv")]);
            if (inputs is null)
                return null;
            if (inputs.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
                return new(inputs, null);
            var prefix = Path.GetFileName(inputs)[..(Path.GetFileName(inputs).IndexOf('-', StringComparison.Ordinal) + 1)];
            prefix = part is null ? "" : prefix;
            if (task != TargetKind.Classes)
                return new(inputs, One(With("targets.npy")) ?? throw new DataException(inputs, $"its targets beside it, in {prefix}targets.npy", "none",
                    "Put them there, or write `task: classes` if the labels are classes."));
            var labels = One(With("labels.npy", "labels-idx1-ubyte", "labels-idx1-ubyte.gz"));
            return labels is not null ? new(inputs, labels)
                : throw new DataException(inputs, $"its labels beside it, in {prefix}labels.npy or {prefix}labels-idx1-ubyte", "none", "Put them there.");
        }
    }
}
