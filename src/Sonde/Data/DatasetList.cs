using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Data.Shapeset;
using Sonde.Numerics.Checks;

namespace Sonde.Data;

/// <summary>A dataset that study files and the command line can name.</summary>
/// <param name="Name">Its name, also that of its folder.</param>
/// <param name="Description">One line, for tables and help.</param>
/// <param name="Open">Opens it as a setting says.</param>
/// <param name="Holds">True for a folder with all its files; null for a dataset that is drawn and needs no files.</param>
public sealed record DatasetEntry(string Name, string Description, Func<DatasetSetting, DataFolder, Dataset> Open, Func<string, bool>? Holds = null)
{
    /// <summary>Its name, also that of its folder.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>One line, for tables and help.</summary>
    public string Description { get; init => field = Given.NotNull(value, nameof(Description)); } = Given.NotNull(Description, nameof(Description));

    /// <summary>Opens it as a setting says.</summary>
    public Func<DatasetSetting, DataFolder, Dataset> Open { get; init => field = Given.NotNull(value, nameof(Open)); } = Given.NotNull(Open, nameof(Open));

    /// <summary>Where to download its files; null for a dataset that cannot be fetched.</summary>
    internal FetchSource? Fetch { get; init; }

    /// <summary>True for the user's own files, at the path that a study gives.</summary>
    public bool IsYours { get; init; }
}

/// <summary>Where to download the files of a dataset.</summary>
/// <param name="Files">All files, or the archive that holds them.</param>
/// <param name="Mirrors">Folders that hold them, in the order in which they are tried.</param>
internal sealed record FetchSource(IReadOnlyList<Download> Files, IReadOnlyList<Uri> Mirrors);

/// <summary>The datasets that study files can name: those of Sonde, and those that a program adds.</summary>
public static class DatasetList
{
    private static readonly Lock Registering = new();

    private static DatasetEntry[] all =
    [
        new("shapeset", "Shapeset-3x2: endless grey images of one or two shapes, nine classes, any side from 16 to 256 (drawn)", OpenShapeset),
        new("mnist", "MNIST: handwritten digits, grey, 28x28, ten classes; 50,000 training, 10,000 validation, 10,000 test", OpenMnist, MnistFiles.AreIn)
        {
            Fetch = new(MnistFiles.All, MnistFiles.Mirrors),
        },
        new("cifar10", "CIFAR-10: photographs, colour, 3x32x32, ten classes; 40,000 training, 10,000 validation, 10,000 test", OpenCifar10,
            Cifar10Files.AreIn)
        {
            Fetch = new([Cifar10Files.Archive], Cifar10Files.Mirrors),
        },
        new("arrays", "your own images or features with labels, in .npy, IDX or CSV files (docs/studies.md says how)", OpenArrays) { IsYours = true },
    ];

    /// <summary>All datasets: the paper's Shapeset first, the registered ones last.</summary>
    public static IReadOnlyList<DatasetEntry> All => Volatile.Read(ref all);

    /// <summary>The names of all datasets in the list.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(entry => entry.Name)];

    /// <summary>Adds a dataset of a program's own, so that studies and records know it by name. Do this before a study is read.</summary>
    /// <param name="entry">A dataset whose name no other has: lower-case letters, digits and hyphens, first a letter. Its function gets the fields of the
    /// study's data section, of which it uses what it needs.</param>
    /// <exception cref="ArgumentException">The name is taken, or is not such a word.</exception>
    public static void Register(DatasetEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!BuiltSets.IsWord(entry.Name))
            throw new ArgumentException($"The name of a dataset is {BuiltSets.NameRule}; this one is '{PrintableText.From(entry.Name)}'. Rename it.",
                nameof(entry));
        lock (Registering)
        {
            if (All.Any(other => other.Name == entry.Name))
                throw new ArgumentException($"There is already a dataset named '{entry.Name}'. Give this one another name.", nameof(entry));
            Volatile.Write(ref all, [.. all, entry]);
        }
    }

    /// <summary>Returns the entry of this name.</summary>
    /// <exception cref="DataException">There is no such entry.</exception>
    public static DatasetEntry Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(entry => entry.Name == name)
            ?? throw new DataException($"dataset '{name}'", $"one of {string.Join(", ", Names)}", $"'{name}'", "Correct the name.");
    }

    /// <summary>Opens a dataset.</summary>
    /// <param name="setting">Its name, also that of a set that <c>sonde data build</c> made, and settings.</param>
    /// <param name="folder">The folders that hold datasets with files.</param>
    /// <exception cref="DataException">No such dataset, a setting it does not have, or files that are missing or broken.</exception>
    public static Dataset Open(DatasetSetting setting, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(folder);
        return All.FirstOrDefault(entry => entry.Name == setting.Name)?.Open(setting, folder) ?? BuiltSets.Open(setting, folder);
    }

    private static ShapesetDataset OpenShapeset(DatasetSetting setting, DataFolder folder)
    {
        if (setting.Path is { } path)
            throw new DataException("shapeset", "no `path`, since its images are drawn", $"path {path}", "Remove `path`.");
        return new(setting.Side ?? 32, setting.Seed, setting.Range ?? PixelRange.MinusOneToOne, setting.Objects, setting.Examples);
    }

    private static ArrayDataset OpenArrays(DatasetSetting setting, DataFolder folder) => ArrayFiles.Open(
        setting.Path ?? throw new DataException("arrays", "a folder or a file at `path`", "no `path`",
            "Write `path: FOLDER` in the study, or --set path=FOLDER on the command line."),
        setting.Arrays, setting.Seed, folder);

    private static Mnist OpenMnist(DatasetSetting setting, DataFolder folder) => new(
        Locate(setting, folder, Mnist.Side, MnistFiles.AreIn, $"its four files ({MnistFiles.NamesText}), gzipped or not"),
        setting.Range ?? PixelRange.ZeroToOne);

    private static Cifar10 OpenCifar10(DatasetSetting setting, DataFolder folder) => new(
        Locate(setting, folder, Cifar10.Side, Cifar10Files.AreIn, $"its six files ({Cifar10Files.NamesText})"),
        setting.Range ?? PixelRange.MinusOneToOne);

    /// <summary>Finds the folder with the files of a published dataset.</summary>
    private static string Locate(DatasetSetting setting, DataFolder folder, int side, Func<string, bool> areIn, string files)
    {
        CheckSide(setting, side);
        return setting.Path ?? folder.Find(setting.Name, areIn) ?? throw new DataException(
            setting.Name, files, $"no complete set in {folder.Tried(setting.Name)}",
            $"Run `sonde data fetch {setting.Name}`, or name the folder above it with --data-dir.");
    }

    private static void CheckSide(DatasetSetting setting, int side)
    {
        if (setting.Side is { } given && given != side)
            throw new DataException(setting.Name, $"images of {side}x{side}, as its files hold them", $"side {given}", "Remove `side`.");
    }
}
