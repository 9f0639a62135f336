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
    private static readonly string[] InputFiles = ["images.npy", "inputs.npy", "images-idx3-ubyte", "images-idx4-ubyte", "inputs-idx2-ubyte"];
    private const string Expected = "data.csv; or images.npy (or inputs.npy) and labels.npy; or images-idx3-ubyte and labels-idx1-ubyte; each also in "
        + "parts, as train-images.npy or test.csv";

    /// <summary>Finds the files at a path: a CSV file, or a folder with files of known names.</summary>
    /// <exception cref="DataException">There are no such files, or two for the same part.</exception>
    public static ArrayFolder FromPath(string path)
    {
        if (File.Exists(path))
            return Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".txt"
                ? new(new(path, null), null, null, null)
                : throw new DataException(path, "a folder, or a file whose name ends in .csv, .tsv or .txt", "another file",
                    "Give the folder that holds inputs and labels.");
        var files = new FilesOf(path);
        var (whole, train) = (files.Part(""), files.Part("train"));
        if (whole is not null && train is not null)
            throw new DataException(path, "one set to learn from", $"{Name(whole)} and {Name(train)}", "Move one of them away.");
        if ((whole ?? train) is not { } learnt)
            throw new DataException(path, Expected, files.Shown(MostShown), "Rename the files.");
        return new(learnt, files.Part("validation"), files.Part("test"), files.One("classes.txt"));
    }

    private static bool IsIdx(string name) => name.EndsWith("-ubyte", StringComparison.Ordinal);

    private static string Name(ArrayPart part) => Path.GetFileName(part.Inputs);

    private sealed class FilesOf(string folder)
    {
        private readonly List<string> names =
            [.. DataFile.Read(folder, () => Directory.GetFiles(folder)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

        public string Shown(int most) => names.Count == 0 ? "an empty folder" : string.Join(", ", names.Take(most))
            + (names.Count > most ? $" and {names.Count - most} more" : "");

        /// <summary>Finds the one file that has one of several names; null if there is none.</summary>
        public string? One(params IEnumerable<string> candidates)
        {
            var found = candidates.Where(names.Contains).ToList();
            return found.Count switch
            {
                0 => null,
                1 => Path.Combine(folder, found[0]),
                _ => throw new DataException(folder, $"one of {string.Join(", ", found)}", found.Count == 2 ? "both" : "several", "Move all but one away."),
            };
        }

        public ArrayPart? Part(string part)
        {
            string[] prefixes = part switch { "" => [""], "test" => ["test-", "t10k-"], _ => [$"{part}-"] };
            IEnumerable<string> Names(params IEnumerable<string> stems) => prefixes.SelectMany(prefix => stems.Select(stem => prefix + stem));
            IEnumerable<string> arrays = [.. InputFiles, .. InputFiles.Where(IsIdx).Select(name => $"{name}.gz")];
            var inputs = One([.. Names(arrays), part.Length == 0 ? "data.csv" : $"{part}.csv"]);
            if (inputs is null)
                return null;
            if (inputs.EndsWith(".csv", StringComparison.Ordinal))
                return new(inputs, null);
            var labels = One(Names("labels.npy", "labels-idx1-ubyte", "labels-idx1-ubyte.gz"));
            return labels is not null ? new(inputs, labels)
                : throw new DataException(inputs, $"its labels beside it, in {prefixes[0]}labels.npy or {prefixes[0]}labels-idx1-ubyte", "none",
                    "Put them there.");
        }
    }
}
