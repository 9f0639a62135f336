using System.Buffers.Binary;
using System.Security.Cryptography;
using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Images.Building;

/// <summary>Sentences about a set that is built as asked, but may not be what its user meant.</summary>
internal static class BuildNotes
{
    private const int MostShown = 3;

    /// <summary>Looks at the names of classes, at the classes of each part, and for pictures that are in two classes.</summary>
    /// <param name="plan">The plan of the set.</param>
    /// <param name="store">Its pixels.</param>
    /// <param name="parts">The images of each part.</param>
    public static IReadOnlyList<string> For(ImageSetPlan plan, PixelStore store, IReadOnlyDictionary<Split, int[]> parts)
    {
        var notes = new ClassNotes(plan.Listing.Classes);
        IEnumerable<int> LabelsOf(Split part) => parts[part].Select(image => plan.Listing.Images[image].Class);
        return
        [
            .. notes.OnSpelling(),
            .. notes.OnNumber(parts.Values.Sum(images => images.Length)),
            .. notes.OnMissing("validation", LabelsOf(Split.Validation)),
            .. notes.OnMissing("test", LabelsOf(Split.Test)),
            .. OnTwoClasses(plan, store, parts.Values.SelectMany(images => images).Order()),
        ];
    }

    // Pictures that become the same are the same for a network, whatever their files are.
    private static IEnumerable<string> OnTwoClasses(ImageSetPlan plan, PixelStore store, IEnumerable<int> images)
    {
        var firsts = new Dictionary<Int128, int>();
        var pairs = new List<(int First, int Other)>();
        var hash = new byte[SHA256.HashSizeInBytes];
        foreach (var image in images)
        {
            SHA256.HashData(store[image], hash);
            var digest = BinaryPrimitives.ReadInt128LittleEndian(hash);
            if (!firsts.TryAdd(digest, image) && plan.Listing.Images[firsts[digest]].Class != plan.Listing.Images[image].Class)
                pairs.Add((firsts[digest], image));
        }
        string Shown(int image) => PrintableText.From(plan.Listing.Images[image].Path, 80);
        if (pairs.Count > 0)
            yield return $"{pairs.Count:N0} {(pairs.Count == 1 ? "image is" : "images are")} the same picture as one of another class "
                + $"({string.Join("; ", pairs.Take(MostShown).Select(pair => $"{Shown(pair.First)} and {Shown(pair.Other)}"))}"
                + $"{(pairs.Count > MostShown ? "; ..." : "")}); a network cannot tell them apart, so remove {(pairs.Count == 1 ? "one" : "all but one")}";
    }
}
