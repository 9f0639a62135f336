using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Data.Published;

/// <summary>CIFAR-10 in the paper's split: 40,000 training images (batches 1 to 4), 10,000 validation (batch 5) and 10,000 test images, 3x32x32.</summary>
/// <remarks>A record is one byte of label and 3,072 of pixels: red, green, blue, each 32x32 in rows. Sources: [Krizhevsky2009]; the sizes of the split are
/// those of [Glorot2010], section 2.2.</remarks>
public sealed class Cifar10 : PublishedImages
{
    /// <summary>Pixels per side.</summary>
    public const int Side = 32;

    private const int BatchImages = 10_000, TrainBatches = 4, ClassCount = 10;
    private const string Fix = "Run `sonde data fetch cifar10` for the original files.";
    private static readonly ImageShape Images = new(3, Side, Side);

    /// <summary>Reads the six files.</summary>
    /// <param name="folder">The folder with the files of <see cref="Cifar10Files"/>.</param>
    /// <param name="range">The range of pixel values.</param>
    /// <exception cref="DataException">A file is missing or not what it should be.</exception>
    public Cifar10(string folder, PixelRange range = PixelRange.MinusOneToOne)
        : base(Read(folder, range), range)
    {
    }

    private static ArrayDataset Read(string folder, PixelRange range)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var batches = new byte[Cifar10Files.All.Count * BatchImages * Images.Inputs];
        var labels = new byte[Cifar10Files.All.Count * BatchImages];
        for (var batch = 0; batch < Cifar10Files.All.Count; batch++)
            ReadBatch(Path.Combine(folder, Cifar10Files.All[batch].Name), batches.AsSpan(batch * BatchImages * Images.Inputs),
                labels.AsSpan(batch * BatchImages, BatchImages));
        var all = LabelledExamples.FromGreys(batches, labels, range);
        return new("cifar10", Images, ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
            all.Slice(0, TrainBatches * BatchImages), all.Slice(TrainBatches * BatchImages, BatchImages),
            all.Slice((TrainBatches + 1) * BatchImages, BatchImages));
    }

    private static void ReadBatch(string path, Span<byte> pixels, Span<byte> labels)
    {
        var record = 1 + Images.Inputs;
        var bytes = DataFile.Read(path, () => File.ReadAllBytes(path));
        if (bytes.Length != BatchImages * record)
            throw new DataException(path, $"{BatchImages} records of {record} bytes = {BatchImages * record} bytes", $"{bytes.Length} bytes", Fix);
        for (var image = 0; image < BatchImages; image++)
        {
            var at = image * record;
            if (bytes[at] >= ClassCount)
                throw new DataException(path, $"a label of 0 to {ClassCount - 1} at the beginning of each record of {record} bytes",
                    $"{bytes[at]} in record {image}, counted from 0, at byte {at}", Fix);
            labels[image] = bytes[at];
            bytes.AsSpan(at + 1, Images.Inputs).CopyTo(pixels[(image * Images.Inputs)..]);
        }
    }
}
