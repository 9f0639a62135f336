using Sonde.Data;

namespace Sonde.Images.Listing;

/// <summary>Lists images in class folders: <c>FOLDER/CLASS/...</c>, or <c>FOLDER/train/CLASS/...</c> beside <c>test</c> and <c>validation</c>.</summary>
public static class ClassFolders
{
    private const int MostClasses = 256, MostShown = 8;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    private static readonly Dictionary<string, Split> Parts = new()
    {
        ["train"] = Split.Train, ["validation"] = Split.Validation, ["val"] = Split.Validation, ["test"] = Split.Test,
    };

    /// <summary>Lists the images below a folder, those of each class by their paths.</summary>
    /// <exception cref="DataException">The folder is missing, or there are no class folders with images, or parts have different classes.</exception>
    public static ImageListing List(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            throw new DataException($"{folder}: expected a folder with a folder of images for each class, found no folder. Correct --from.");
        var names = FoldersIn(folder);
        var isCut = !names.Contains("train") || !names.All(Parts.ContainsKey);
        (string Path, Split? Part)[] roots = isCut ? [("", null)] : [.. names.Select(name => ($"{name}/", (Split?)Parts[name]))];
        if (roots.GroupBy(root => root.Part).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new DataException($"{folder}: expected one folder for each part, found "
                + $"{string.Join(" and ", twice.Select(root => root.Path.TrimEnd('/')))}. Rename one.");
        var classes = FoldersIn(Path.Combine(folder, isCut ? "" : "train"));
        CheckCount(isCut ? folder : Path.Combine(folder, "train"), classes);

        var images = new List<ListedImage>();
        foreach (var (path, part) in roots)
        {
            foreach (var stranger in FoldersIn(Path.Combine(folder, path)).Except(classes))
                throw new DataException($"{Path.Combine(folder, path)}: expected the classes of the training part, found '{stranger}'. Rename or move it.");
            foreach (var name in classes)
                images.AddRange(FilesBelow(folder, $"{path}{name}").Select(file => new ListedImage(file, classes.IndexOf(name), part)));
        }
        foreach (var name in classes.Where(name => !images.Exists(image => image.Part is null or Split.Train && classes[image.Class] == name)))
            throw new DataException($"{Path.Combine(folder, isCut ? "" : "train", name)}: expected images ({string.Join(", ", Endings)}), found "
                + "none. Put some there, or remove the folder.");
        return new(folder, classes, images, [$"{folder}: {images.Count:N0} images in {classes.Count} classes"]);
    }

    /// <summary>The image files below a folder, by their paths below <paramref name="root"/>.</summary>
    internal static IEnumerable<string> FilesBelow(string root, string folder)
    {
        var place = Path.Combine(root, folder);
        return !Directory.Exists(place) ? [] : Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    /// <summary>The names of the folders in a folder, hidden ones left out.</summary>
    internal static List<string> FoldersIn(string folder) => [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!)
        .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    private static void CheckCount(string folder, List<string> classes)
    {
        if (classes.Count is < 2 or > MostClasses)
            throw new DataException($"{folder}: expected 2 to {MostClasses} folders, one for each class, found {classes.Count}"
                + (classes.Count is > 0 and <= MostShown ? $" ({string.Join(", ", classes)})" : "") + ". Give the folder above the classes.");
    }
}
