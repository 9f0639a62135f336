using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Images.Building;
using Sonde.Images.Listing;
using Sonde.Numerics.Random;

namespace Sonde.Images.WordNet;

/// <summary>Small-ImageNet as the paper describes it: ten groups of nouns, equally many images of each, 37x37 grey, 90,000/10,000/10,000.</summary>
/// <remarks>The set was never published; this is our construction. The groups are those of [Glorot2010], section 2.2, each taken as the subtree of ImageNet
/// below one noun, as in [Deng2009], where <em>instruments</em> are musical instruments. A folder that belongs to two groups is left out.</remarks>
internal static class SmallImageNet
{
    private const int PerClass = 11_000, MostShown = 5;

    // Candidates beyond those needed, to replace damaged ones.
    private const int Spare = PerClass / 20;

    private static readonly (string Name, string Root)[] Groups =
    [
        ("reptiles", "n01661091"), ("vehicles", "n04524313"), ("birds", "n01503061"), ("mammals", "n01861778"), ("fish", "n02512053"),
        ("furniture", "n03405725"), ("instruments", "n03800933"), ("tools", "n04451818"), ("flowers", "n11669921"), ("fruits", "n13134947"),
    ];

    /// <summary>The names of the groups, in the paper's order.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Groups.Select(group => group.Name)];

    /// <summary>Plans the set.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="folder">A folder with a folder of images for each WordNet id, itself or in <c>train</c>.</param>
    /// <param name="hierarchy">The nouns and their kinds.</param>
    /// <param name="seed">Decides which images are used, and which are set aside.</param>
    /// <exception cref="DataException">There are no such folders, or a group has no images, or the hierarchy is not that of WordNet 3.0.</exception>
    /// <param name="cancellation">Stops the listing.</param>
    public static ImageSetPlan Plan(string name, string folder, NounHierarchy hierarchy, ulong seed, CancellationToken cancellation = default) => new()
    {
        Name = name,
        Listing = List(folder, hierarchy, seed, cancellation),
        Side = 37,
        IsColour = false,
        Validation = new(1 / 11.0, 0),
        Test = new(1 / 11.0, 0),
        PerClass = PerClass,
        Seed = seed,
    };

    private static ImageListing List(string folder, NounHierarchy hierarchy, ulong seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        var root = Root(DataFolder.FullPath("--from", folder), cancellation);
        var walk = new ImageWalk(root, cancellation);
        List<IReadOnlySet<string>> below = [.. Groups.Select(group => Below(hierarchy, group.Name, group.Root))];
        List<string> ids = [.. walk.FoldersIn("").Where(NounHierarchy.IsId)];
        var groupsOf = ids.ToDictionary(id => id, id => Enumerable.Range(0, Groups.Length).Where(group => below[group].Contains(id)).ToArray());
        List<string> shared = [.. ids.Where(id => groupsOf[id].Length > 1)];
        List<string> account =
        [
            $"{root}: {ids.Count:N0} folders of WordNet ids, {ids.Count(id => groupsOf[id].Length == 1):N0} in one of the ten groups, "
                + $"{ids.Count(id => groupsOf[id].Length == 0):N0} in none"
                + (shared.Count == 0 ? "" : $", {shared.Count:N0} in several and left out "
                    + $"({string.Join(", ", shared.Take(MostShown))}{(shared.Count > MostShown ? ", ..." : "")})"),
            $"nouns of {hierarchy.Path}",
        ];
        var images = new List<ListedImage>();
        for (var group = 0; group < Groups.Length; group++)
        {
            List<string> own = [.. ids.Where(id => groupsOf[id] is [var only] && only == group)];
            List<string> files = [.. own.SelectMany(walk.FilesBelow)];
            if (files.Count == 0)
                throw new DataException($"{root}: expected images of every group, found none of {Groups[group].Name} (below {Groups[group].Root}). Put "
                    + "folders of such images there.");
            images.AddRange(Drawn(files, new(seed, $"small-imagenet/{Groups[group].Name}")).Select(file => new ListedImage(file, group)));
            account.Add($"{Groups[group].Name}: {files.Count:N0} images in {own.Count:N0} folders");
        }
        return new(root, Classes, images, [.. account, .. walk.Account()]);
    }

    private static string Root(string folder, CancellationToken cancellation)
    {
        string[] places = [folder, Path.Combine(folder, "train")];
        return places.FirstOrDefault(place => Directory.Exists(place) && new ImageWalk(place, cancellation).FoldersIn("").Any(NounHierarchy.IsId))
            ?? throw new DataException($"{places[0]}: expected ImageNet's folders, called by WordNet ids such as n01440764, found none. Correct --from.");
    }

    private static IReadOnlySet<string> Below(NounHierarchy hierarchy, string name, string root) => hierarchy.Below(root) is { Count: > 0 } found ? found
        : throw new DataException($"{hierarchy.Path}: expected the nouns of WordNet 3.0, in which {root} stands for {name}, found no such noun. Use "
            + "version 3.0.");

    // The seed decides a permutation; these are the first files of it.
    private static IEnumerable<string> Drawn(List<string> files, RandomKey key)
    {
        var random = key.Stream();
        return files.Select(file => (file, draw: random.NextUInt64())).OrderBy(drawn => drawn.draw).Take(PerClass + Spare).Select(drawn => drawn.file);
    }
}
