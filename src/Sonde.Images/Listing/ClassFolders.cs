using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Images.Listing;

/// <summary>Lists images in class folders: <c>FOLDER/CLASS/...</c>, or <c>FOLDER/train/CLASS/...</c> beside <c>test</c> and <c>validation</c>.</summary>
public static class ClassFolders
{
    private const int MostClasses = 256, MostShown = 8;

    /// <summary>Lists the images below a folder, those of each class by their paths.</summary>
    /// <param name="folder">The folder above the classes or parts.</param>
    /// <param name="cancellation">Stops the listing.</param>
    /// <exception cref="DataException">The folder is missing, or there are no class folders with images, or parts have different classes.</exception>
    public static ImageListing List(string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder = DataFolder.FullPath("--from", folder);
        if (!Directory.Exists(folder))
            throw new DataException($"{folder}: expected a folder with a folder of images for each class, found no folder. Correct --from.");
        var walk = new ImageWalk(folder, cancellation);
        var parts = FindParts(folder, walk);
        (string Path, Split? Part)[] roots = parts is null ? [("", null)] : [.. parts.Select(part => (part.Key, (Split?)part.Value))];
        var train = roots.First(root => root.Part is null or Split.Train).Path;
        // A name may be spelled with composed or with decomposed characters; the eye sees the same.
        List<string> classes = [.. walk.FoldersIn(train).Select(ComposedText.From).Distinct().Order(StringComparer.Ordinal)];
        CheckCount(Path.Combine(folder, train), classes, walk);
        ClassNames.CheckNames(Path.Combine(folder, train), classes);

        var images = new List<ListedImage>();
        foreach (var stray in parts is null ? [] : walk.ImagesIn(""))
            walk.Leave("images beside the folders of parts", stray);
        foreach (var (path, part) in roots)
        {
            foreach (var stray in walk.ImagesIn(path))
                walk.Leave("images beside the class folders", path.Length == 0 ? stray : $"{path}/{stray}");
            foreach (var name in walk.FoldersIn(path))
            {
                if (classes.IndexOf(ComposedText.From(name)) is not (>= 0 and var label))
                    throw new DataException($"{Path.Combine(folder, path)}: expected the classes of the training part, found "
                        + $"'{PrintableText.From(name)}'. Rename or move it.");
                images.AddRange(walk.FilesBelow(path.Length == 0 ? name : $"{path}/{name}").Select(file => new ListedImage(file, label, part)));
            }
        }
        foreach (var name in classes.Where(name => !images.Exists(image => image.Part is null or Split.Train && classes[image.Class] == name)))
            throw new DataException($"{Path.Combine(folder, train, name)}: expected images ({string.Join(", ", ImageWalk.Endings)}), found "
                + $"none{string.Concat(walk.Account().Select(sentence => $"; {sentence}"))}. Put some there, or remove the folder.");
        return new(folder, classes, images, [$"{folder}: {images.Count:N0} images in {classes.Count} classes", .. walk.Account()]);
    }

    /// <summary>Finds the folders of parts; null if the folders are classes.</summary>
    private static Dictionary<string, Split>? FindParts(string folder, ImageWalk walk)
    {
        var names = walk.FoldersIn("");
        List<(string Name, Split Part)> parts =
            [.. names.SelectMany(name => PartNames.Find(name) is { } part ? new[] { (name, part) } : [])];
        List<string> others = [.. names.Except(parts.Select(part => part.Name))];
        // Folders that hold images themselves are classes, of trains for example.
        var held = parts.Where(part => walk.ImagesIn(part.Name).Count > 0 && walk.FoldersIn(part.Name).Count == 0).ToList();
        if (others.Count == 0 && held.Count > 1 && held.Exists(part => part.Part == Split.Train))
            throw new DataException($"{folder}: expected a folder for each class in {string.Join(" and ", held.Select(part => part.Name))}, found images. Move "
                + $"the images of each class into a folder, as in {held[0].Name}/cat and {held[0].Name}/dog.");
        if (parts.Count == 0 || held.Count > 0 || !parts.Exists(part => part.Part == Split.Train) && others.Count > 0)
            return null;
        var train = parts.FirstOrDefault(part => part.Part == Split.Train).Name
            ?? throw new DataException($"{folder}: expected a folder train beside {string.Join(" and ", names)}, found none. Rename the folder of the training "
                + "images to train.");
        if (others.Find(other => walk.ImagesIn(other).Count == 0) is { } neither)
            throw new DataException($"{folder}: expected only parts (train, validation, test) beside {train}, found "
                + $"'{PrintableText.From(neither)}', which has no images of its own. Rename it to the part that it is, or move it away.");
        if (others.Count > 0)
            return null;
        if (parts.GroupBy(part => part.Part).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new DataException($"{folder}: expected one folder for each part, found {string.Join(" and ", twice.Select(part => part.Name))}. Rename one.");
        return parts.ToDictionary(part => part.Name, part => part.Part);
    }

    private static void CheckCount(string folder, List<string> classes, ImageWalk walk)
    {
        if (classes.Count is >= 2 and <= MostClasses)
            return;
        foreach (var stray in walk.ImagesIn(""))
            walk.Leave("images beside the class folders", stray);
        throw new DataException($"{folder}: expected 2 to {MostClasses} folders, one for each class, found {classes.Count}"
                + (classes.Count is > 0 and <= MostShown ? $" ({string.Join(", ", classes.Select(name => PrintableText.From(name)))})" : "")
                + $"{string.Concat(walk.Account().Select(sentence => $"; {sentence}"))}. Give the folder above the classes.");
    }
}
