using System.Globalization;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Data.Published;

/// <summary>MNIST in the paper's split: 50,000 training, 10,000 validation (the last of the training file) and 10,000 test images, 28x28.</summary>
/// <remarks>Sources: [LeCun1998]; the split is that of [Glorot2010], section 2.2.</remarks>
public sealed class Mnist : PublishedImages
{
    /// <summary>Pixels per side.</summary>
    public const int Side = 28;

    private const int Train = 50_000, Validation = 10_000, Test = 10_000;

    /// <summary>Reads the four files, gzipped or not.</summary>
    /// <param name="folder">The folder with the files of <see cref="MnistFiles"/>.</param>
    /// <param name="range">The range of pixel values.</param>
    /// <exception cref="DataException">A file is missing or not what it should be.</exception>
    public Mnist(string folder, PixelRange range = PixelRange.ZeroToOne)
        : base(Read(folder, range), range)
    {
    }

    private static ArrayDataset Read(string folder, PixelRange range)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var learnt = ReadPair(folder, MnistFiles.All[0], MnistFiles.All[1], Train + Validation, range);
        var tested = ReadPair(folder, MnistFiles.All[2], MnistFiles.All[3], Test, range);
        return new("mnist", new(1, Side, Side), [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))],
            learnt.Slice(0, Train), learnt.Slice(Train, Validation), tested);
    }

    private static LabelledExamples ReadPair(string folder, FetchedFile images, FetchedFile labels, int expected, PixelRange range)
    {
        var set = IdxSet.Read(Locate(folder, images), Locate(folder, labels), classes: 10);
        if (set.Shape != new ImageShape(1, Side, Side) || set.Count != expected)
            throw new DataException(Locate(folder, images), $"{expected} images of {Side}x{Side}", $"{set.Count} images of {set.Shape}",
                "Run `sonde data fetch mnist` for the original files.");
        return LabelledExamples.FromGreys(set.Greys, set.Labels, range);
    }

    private static string Locate(string folder, FetchedFile file) => file.FindIn(folder)
        ?? throw new DataException(folder, $"{file.Name} or {file.Name}.gz", "neither", "Run `sonde data fetch mnist`, or correct the folder.");
}
