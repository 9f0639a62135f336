using System.Security.Cryptography;
using System.Text;

namespace Sonde.Images.Building;

/// <summary>The pixels of a plan's images while a set is built: decoded in blocks by all cores and kept on disk, so that the next build resumes a
/// stopped one.</summary>
/// <remarks>A block appears complete, by renaming. It holds one byte per image that says whether the image is damaged, then the pixels. Blocks belong
/// to one listing, size and number of channels; a file beside them has the digest of these three.</remarks>
/// <param name="plan">The plan of the set.</param>
/// <param name="folder">The folder of the blocks; made if it does not exist.</param>
internal sealed class PixelStore(ImageSetPlan plan, string folder)
{
    private const byte Damaged = 1;

    private readonly SquareResize resize = new(plan.Side, plan.Channels);
    private readonly byte[] pixels = new byte[(long)plan.Listing.Images.Count * plan.Inputs];
    private readonly string?[] faults = new string?[plan.Listing.Images.Count];

    /// <summary>Images per block.</summary>
    public int BlockImages { get; init; } = 1000;

    /// <summary>What is wrong with each image; null for an intact one.</summary>
    public IReadOnlyList<string?> Faults => faults;

    /// <summary>Returns the pixels of an image.</summary>
    public ReadOnlySpan<byte> this[int image] => pixels.AsSpan(image * plan.Inputs, plan.Inputs);

    /// <summary>Decodes every image, or reads the blocks of an earlier build.</summary>
    /// <param name="threads">The number of images decoded at the same time; the result does not depend on it.</param>
    /// <param name="progress">Called with the number of decoded images after each block.</param>
    /// <param name="cancellation">Stops the build; finished blocks are kept.</param>
    public void Fill(int threads, Action<int>? progress, CancellationToken cancellation)
    {
        KeepOrClear(cancellation);
        for (var first = 0; first < faults.Length; first += BlockImages)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BlockImages, faults.Length - first);
            var path = Path.Combine(folder, $"{first / BlockImages:d6}.block");
            if (!Restore(path, first, count))
            {
                Parallel.For(first, first + count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, Decode);
                Save(path, first, count);
            }
            progress?.Invoke(first + count);
        }
    }

    private void Decode(int image) => faults[image] = ImageFile.Read(PathOf(image), resize, pixels.AsSpan(image * plan.Inputs, plan.Inputs));

    private string PathOf(int image) => Path.Combine(plan.Listing.Folder, plan.Listing.Images[image].Path);

    private void KeepOrClear(CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "digest.txt");
        var digest = Digest(cancellation);
        if (File.Exists(path) && File.ReadAllText(path) == digest)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, digest);
    }

    // An image with another size or time of change counts as another image.
    private string Digest(CancellationToken cancellation)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"1 {plan.Listing.Folder} {plan.Shape}\n"));
        for (var image = 0; image < faults.Length; image++)
        {
            cancellation.ThrowIfCancellationRequested();
            var file = new FileInfo(PathOf(image));
            digest.AppendData(Encoding.UTF8.GetBytes($"{plan.Listing.Images[image].Path} "
                + $"{(file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "gone")}\n"));
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private void Save(string path, int first, int count)
    {
        var unfinished = path + ".part";
        using (var file = File.Create(unfinished))
        {
            file.Write([.. faults.Skip(first).Take(count).Select(fault => fault is null ? (byte)0 : Damaged)]);
            file.Write(pixels.AsSpan(first * plan.Inputs, count * plan.Inputs));
        }
        File.Move(unfinished, path, overwrite: true);
    }

    private bool Restore(string path, int first, int count)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenRead(path);
        if (file.Length != (long)count * (1 + plan.Inputs))
            return false;
        var marks = new byte[count];
        file.ReadExactly(marks);
        file.ReadExactly(pixels.AsSpan(first * plan.Inputs, count * plan.Inputs));
        // Damaged images are few; decoding them again finds what is wrong.
        for (var image = first; image < first + count; image++)
            if (marks[image - first] == Damaged)
                Decode(image);
        return true;
    }
}
