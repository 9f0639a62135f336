using Sonde.Data;
using Sonde.Data.Fetching;

namespace Sonde.FaultBenchmark;

/// <summary>The images of MNIST and CIFAR-10, for the cases on them.</summary>
/// <param name="folder">The data folder; null for the user's.</param>
/// <param name="cifar10">The set that CIFAR's images come from: <c>cifar10</c>, or one that <c>sonde data build</c> made.</param>
internal sealed class PublishedSets(string? folder, string cifar10)
{
    // The cases' scores on CIFAR-10 are measured on this many images.
    private const int MostImages = 10_000;

    /// <summary>Returns training images and their labels.</summary>
    /// <param name="set">mnist or cifar10.</param>
    /// <param name="classes">The classes wanted; none for all.</param>
    /// <param name="count">How many images, at most; 0 for all.</param>
    /// <exception cref="IOException">The set is not there.</exception>
    public (CaseArray Inputs, CaseArray Targets) Read(string set, IReadOnlyList<int> classes, int count)
    {
        var place = DataFolder.OfUser(folder);
        if (set == "mnist")
            return ReadMnist(place, classes, count);
        try
        {
            var data = DatasetList.Open(new() { Name = cifar10, Range = PixelRange.ZeroToOne }, place);
            var first = data.OpenFirst(MostImages, Split.Train, 1);
            var (inputs, labels) = first.Read();
            return (new(data.Inputs, inputs), new(1, Array.ConvertAll(labels, label => (float)label)));
        }
        catch (DataException missing)
        {
            throw new IOException($"{missing.Message} Name another set of its images with --cifar10.", missing);
        }
    }

    // As the files have them, in the order of the files, and with all 60,000.
    private static (CaseArray Inputs, CaseArray Targets) ReadMnist(DataFolder place, IReadOnlyList<int> classes, int count)
    {
        string File(string name) => place.Find("mnist", found => System.IO.File.Exists(Path.Combine(found, name))) is { } found
            ? Path.Combine(found, name)
            : throw new FileNotFoundException(
                $"its images are MNIST's, whose file {name} is in no data folder. Name the folder that holds mnist with --data-dir.");
        var (images, labels) = (CaseArray.ReadIdx(File("train-images-idx3-ubyte.gz")), CaseArray.ReadIdx(File("train-labels-idx1-ubyte.gz")));
        var rows = Enumerable.Range(0, labels.Rows).Where(row => classes.Count == 0 || classes.Contains((int)labels.Values[row]))
            .Take(count == 0 ? labels.Rows : count).ToList();
        return (images.Select(rows), labels.Select(rows));
    }
}
