using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Cli.Data;

/// <summary>The result of <c>sonde data export</c>.</summary>
internal sealed record ExportResult(string Images, string Labels, int Count, ImageShape Shape)
{
    public JsonNode ToJson() => new JsonObject { ["images"] = Images, ["labels"] = Labels, ["count"] = Count, ["shape"] = Shape.ToString() };

    public string ToText() => $"{Count} images of {Shape}:{Environment.NewLine}{Images}{Environment.NewLine}{Labels}";
}

/// <summary>Writes the first examples of a stream as a pair of IDX files.</summary>
/// <param name="data">The dataset; its pixels are in [-1, 1] or [0, 1].</param>
/// <param name="split">Which stream.</param>
/// <param name="seed">The trial's seed, for a training stream.</param>
/// <param name="time">The clock of progress.</param>
/// <param name="progress">The writer of progress, at most one line in two seconds.</param>
internal sealed class DataExport(Dataset data, Split split, ulong seed, TimeProvider time, TextWriter progress)
{
    // At most a thousand examples and 200 MB at a time.
    private const int MostAtOnce = 1000, MostValuesAtOnce = 50_000_000;

    /// <summary>Writes <c>images-idx3-ubyte</c> (<c>images-idx4-ubyte</c> for colour) and <c>labels-idx1-ubyte</c>.</summary>
    /// <param name="count">The number of examples, 1 or more.</param>
    /// <param name="folder">The folder; made if it does not exist.</param>
    /// <param name="cancellation">Stops the export; no file is left half written.</param>
    /// <exception cref="DataException">The stream has fewer examples, or they do not fit in one file.</exception>
    public ExportResult Write(int count, string folder, CancellationToken cancellation)
    {
        var range = data.Pixels ?? throw new DataException(
            $"{data.Name}: expected pixels in [0, 1] or [-1, 1], found values outside both. Export images, whose pixels are bytes.");
        var stream = data.OpenFirst(count, split, seed);
        if (stream.Length < count)
            throw data.TooFew(split, stream.Length, count);
        if ((long)count * data.Inputs > Array.MaxLength)
            throw new DataException($"{data.Name}: expected at most {Array.MaxLength / data.Inputs} images in one file, found a count of {count}. Ask for "
                + "fewer.");

        var greys = new byte[count * data.Inputs];
        var labels = new byte[count];
        var chunk = Math.Min(count, Math.Clamp(MostValuesAtOnce / data.Inputs, 1, MostAtOnce));
        var (inputs, classes) = (new float[chunk * data.Inputs], new int[chunk]);
        var paced = new PacedProgress(time, progress);
        for (var first = 0; first < count; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = Math.Min(chunk, count - first);
            stream.Read(first, inputs.AsSpan(0, some * data.Inputs), classes.AsSpan(0, some));
            for (var i = 0; i < some; i++)
                labels[first + i] = (byte)classes[i];
            for (var i = 0; i < some * data.Inputs; i++)
                greys[first * data.Inputs + i] = range.ToGrey(inputs[i]);
            var done = first + some;
            paced.Report(() => $"{done:N0} of {count:N0} images");
        }

        folder = Path.GetFullPath(folder);
        var shape = data.Shape;
        int[] dimensions = shape.Channels == 1 ? [count, shape.Height, shape.Width] : [count, shape.Channels, shape.Height, shape.Width];
        var (images, labelFile) = (Path.Combine(folder, $"images-idx{dimensions.Length}-ubyte"), Path.Combine(folder, "labels-idx1-ubyte"));
        cancellation.ThrowIfCancellationRequested();
        DataFile.Write(folder, () =>
        {
            Directory.CreateDirectory(folder);
            IdxFile.Write(images, greys, dimensions);
            IdxFile.Write(labelFile, labels, count);
        });
        return new(images, labelFile, count, shape);
    }
}
