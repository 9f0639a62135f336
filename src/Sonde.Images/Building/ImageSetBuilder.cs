using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Numerics.Random;

namespace Sonde.Images.Building;

/// <summary>Builds a set: decodes the images, leaves out damaged ones, cuts the rest into parts with the same share of each class, and writes IDX
/// files.</summary>
/// <remarks>The set appears complete, when its folder is renamed; until then all files are in <c>NAME.building</c> beside it. The same images,
/// settings and seed give the same bytes for any number of threads.</remarks>
/// <param name="plan">What to build.</param>
/// <param name="dataFolder">The folder in which the set gets a folder of its own.</param>
public sealed class ImageSetBuilder(ImageSetPlan plan, string dataFolder)
{
    private static readonly PartSize Tenth = new(0.1, 0);
    private static readonly Split[] Written = [Split.Train, Split.Validation, Split.Test];

    private readonly List<string> account = [.. plan.Listing.Account];
    private readonly string target = Path.GetFullPath(Path.Combine(dataFolder, plan.Name));

    /// <summary>How many images are decoded between two saves.</summary>
    internal int BlockImages { get; init; } = 1000;

    /// <summary>Builds the set.</summary>
    /// <param name="threads">The number of images decoded at the same time.</param>
    /// <param name="progress">Called with the number of decoded images and of all images; may be null.</param>
    /// <param name="cancellation">Stops the build; decoded images are kept for the next build.</param>
    /// <returns>The set that was built.</returns>
    /// <exception cref="DataException">The set is there already or being built, does not fit memory, or has too few images for its parts.</exception>
    public BuiltImageSet Build(int threads, Action<int, int>? progress, CancellationToken cancellation)
    {
        CheckRoom();
        var work = target + ".building";
        DataFile.Write(work, () => Directory.CreateDirectory(work));
        BuiltImageSet built;
        using (Hold(work))
        {
            var store = new PixelStore(plan, Path.Combine(work, "decoded")) { BlockImages = BlockImages };
            store.Fill(threads, done => progress?.Invoke(done, plan.Listing.Images.Count), cancellation);
            var parts = Parts(store.Faults);
            account.AddRange(BuildNotes.For(plan, store, parts));
            cancellation.ThrowIfCancellationRequested();
            built = Write(Path.Combine(work, "set"), store, parts, cancellation);
            Directory.Move(Path.Combine(work, "set"), target);
        }
        Directory.Delete(work, recursive: true);
        return built;
    }

    private void CheckRoom()
    {
        if (!BuiltSets.IsName(plan.Name))
            throw new DataException($"{plan.Name}: expected a name of {BuiltSets.NameRule}, and none of {string.Join(", ", DatasetList.Names)}, found "
                + $"'{plan.Name}'. Choose another.");
        if (plan.Side is < 1 or > ImageSetPlan.LargestSide)
            throw new DataException($"{plan.Name}: expected a side of 1 to {ImageSetPlan.LargestSide:N0} pixels, found {plan.Side:N0}. Make --side smaller.");
        ClassNames.CheckNames(plan.Name, plan.Listing.Classes);
        foreach (var (part, size) in new[] { (Split.Validation, plan.Validation), (Split.Test, plan.Test) })
            if (size is not null && plan.Listing.Has(part))
                throw new DataException($"{plan.Name}: expected no size for the {part.ToString().ToLowerInvariant()} part, which has a folder of its own, "
                    + "found one. Remove the option.");
        if (Path.Exists(target))
            throw new DataException($"{target}: expected no such folder yet, found one. Remove it to build the set again, or choose another name.");
        if ((long)plan.Listing.Images.Count * plan.Inputs > Array.MaxLength)
            throw new DataException($"{plan.Name}: expected at most {Array.MaxLength / plan.Inputs:N0} images of {plan.Shape}, which fit one file, found "
                + $"{plan.Listing.Images.Count:N0}. Make --side smaller, or use fewer images.");
        var bytes = 2L * plan.Listing.Images.Count * plan.Inputs;
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is var available && bytes > available)
            throw new DataException($"{plan.Name}: expected images that fit into the {available / 1e9:0.0} GB of memory of this machine, found "
                + $"{plan.Listing.Images.Count:N0} of {plan.Shape}, which need {bytes / 1e9:0.0} GB. Make --side smaller, or use fewer images.");
    }

    private static FileStream Hold(string work)
    {
        try
        {
            return new(Path.Combine(work, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DataException($"{work}: another process builds this set. Wait for it, or stop it.");
        }
    }

    /// <summary>Returns the images of each part, intact ones only.</summary>
    private Dictionary<Split, int[]> Parts(IReadOnlyList<string?> faults)
    {
        var images = plan.Listing.Images;
        List<int> whole = [.. Enumerable.Range(0, images.Count).Where(image => faults[image] is null)];
        if (plan.PerClass is { } most)
            whole = Balance(whole, most);
        List<int> Own(Split part) => [.. whole.Where(image => images[image].Part == part)];
        List<int> cut = [.. whole.Where(image => images[image].Part is null or Split.Train)];
        CheckClasses(cut, faults);
        int Size(Split part, PartSize? size) => plan.Listing.Has(part) ? 0 : WholeRounds((size ?? Tenth).CountOf(cut.Count));
        int[] sizes = [Size(Split.Validation, plan.Validation), Size(Split.Test, plan.Test)];
        if (sizes.Sum() >= cut.Count)
            throw new DataException($"{plan.Name}: expected fewer images set aside than the {cut.Count:N0} intact ones, found {sizes.Sum():N0}. "
                + "Make --validation or --test smaller.");
        var parts = StratifiedSplit.Cut([.. cut.Select(image => images[image].Class)], sizes, new(plan.Seed, "images/split"));
        int[] Of(int part) => [.. parts[part].Select(place => cut[place])];
        var built = new Dictionary<Split, int[]>
        {
            [Split.Train] = Of(2),
            [Split.Validation] = plan.Listing.Has(Split.Validation) ? [.. Own(Split.Validation)] : Of(0),
            [Split.Test] = plan.Listing.Has(Split.Test) ? [.. Own(Split.Test)] : Of(1),
        };
        CheckLeft(cut, built[Split.Train]);
        foreach (var part in Written.Where(part => built[part].Length == 0))
            throw new DataException($"{plan.Name}: expected intact images for the {part.ToString().ToLowerInvariant()} part, found none. Add some.");
        return built;
    }

    private void CheckClasses(IEnumerable<int> training, IReadOnlyList<string?> faults)
    {
        var seen = training.Select(image => plan.Listing.Images[image].Class).ToHashSet();
        for (var label = 0; label < plan.Listing.Classes.Count; label++)
            if (!seen.Contains(label))
                throw new DataException($"{plan.Name}: expected intact training images of class '{PrintableText.From(plan.Listing.Classes[label])}', found none"
                    + $"{FaultOf(label, faults)}. Add some, or remove the folder.");
    }

    // A class of one image has none left to learn from if that one is set aside.
    private void CheckLeft(IReadOnlyList<int> cut, IReadOnlyList<int> training)
    {
        var seen = training.Select(image => plan.Listing.Images[image].Class).ToHashSet();
        for (var label = 0; label < plan.Listing.Classes.Count; label++)
            if (!seen.Contains(label))
                throw new DataException($"{plan.Name}: expected training images of class '{PrintableText.From(plan.Listing.Classes[label])}', found none left: "
                    + $"it has {cut.Count(image => plan.Listing.Images[image].Class == label):N0} intact, and {cut.Count - training.Count:N0} of all "
                    + $"{cut.Count:N0} images are set aside. Add images to the class, or make --validation and --test smaller.");
    }

    // What is wrong with the first damaged image of a class; nothing if none is damaged.
    private string FaultOf(int label, IReadOnlyList<string?> faults)
    {
        var images = plan.Listing.Images;
        var damaged = Enumerable.Range(0, images.Count).Where(image => images[image].Class == label && faults[image] is not null).ToList();
        return damaged.Count == 0 ? ""
            : $"; {damaged.Count:N0} are damaged, for example {PrintableText.From(images[damaged[0]].Path, 80)} {faults[damaged[0]]}";
    }

    /// <summary>Rounds to equally many images of every class, if classes are balanced.</summary>
    private int WholeRounds(int count) => plan.PerClass is null ? count : Math.Max(1, count / plan.Listing.Classes.Count) * plan.Listing.Classes.Count;

    private List<int> Balance(List<int> whole, int most)
    {
        var classes = whole.ToLookup(image => plan.Listing.Images[image].Class);
        var fewest = Enumerable.Range(0, plan.Listing.Classes.Count).MinBy(label => classes[label].Count());
        var each = Math.Min(most, classes[fewest].Count());
        if (each < most)
            account.Add($"{plan.Listing.Classes[fewest]} has the fewest intact images, {each:N0}; every class gets as many, instead of {most:N0}");
        return [.. classes.SelectMany(members => members.Take(each)).Order()];
    }

    private BuiltImageSet Write(string folder, PixelStore store, Dictionary<Split, int[]> parts, CancellationToken cancellation)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "classes.txt"), plan.Listing.Classes);
        foreach (var part in Written)
        {
            cancellation.ThrowIfCancellationRequested();
            // In class order, the first examples would all be of one class.
            var order = Shuffled(parts[part], part);
            var pixels = new byte[order.Length * plan.Inputs];
            for (var place = 0; place < order.Length; place++)
                store[order[place]].CopyTo(pixels.AsSpan(place * plan.Inputs));
            var name = part.ToString().ToLowerInvariant();
            int[] sizes = plan.IsColour ? [order.Length, plan.Channels, plan.Side, plan.Side] : [order.Length, plan.Side, plan.Side];
            IdxFile.Write(Path.Combine(folder, $"{name}-images-idx{sizes.Length}-ubyte"), pixels, sizes);
            byte[] labels = [.. order.Select(image => (byte)plan.Listing.Images[image].Class)];
            IdxFile.Write(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), labels, labels.Length);
        }
        var built = BuiltImageSet.FromParts(plan, target, account, parts, store.Faults);
        built.Describe(folder);
        return built;
    }

    private int[] Shuffled(int[] images, Split part)
    {
        var random = new RandomKey(plan.Seed, $"images/order/{part}").Stream();
        var draws = images.Select(_ => random.NextDouble()).ToArray();
        var shuffled = images.ToArray();
        Array.Sort(draws, shuffled);
        return shuffled;
    }
}
