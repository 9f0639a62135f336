using Sonde.Data.Fetching;

namespace Sonde.Data.Published;

/// <summary>The four files of MNIST: their names, and the digests of their unpacked content.</summary>
/// <remarks>Source: [LeCun1998]. The digests are of unpacked files, because gzip writes one content in many ways.</remarks>
internal static class MnistFiles
{
    /// <summary>Training images, training labels, test images, test labels.</summary>
    public static IReadOnlyList<FetchedFile> All { get; } =
    [
        new("train-images-idx3-ubyte", "6bbc9ace898e44ae57da46a324031adb"),
        new("train-labels-idx1-ubyte", "a25bea736e30d166cdddb491f175f624"),
        new("t10k-images-idx3-ubyte", "2646ac647ad5339dbf082846283269ea"),
        new("t10k-labels-idx1-ubyte", "27ae3e4e09519cfbb04c329615203637"),
    ];

    /// <summary>Folders that hold the gzipped files, in the order in which they are tried.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://systemds.apache.org/assets/datasets/mnist/"),
    ];

    /// <summary>The names in one line, for messages.</summary>
    public static string NamesText { get; } = string.Join(", ", All.Select(file => file.Name));

    /// <summary>True for a folder with all four files, gzipped or not.</summary>
    public static bool AreIn(string folder) => All.All(file => file.FindIn(folder) is not null);
}
