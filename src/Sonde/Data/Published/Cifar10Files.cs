using Sonde.Data.Fetching;

namespace Sonde.Data.Published;

/// <summary>CIFAR-10 in its binary version: the archive, and the files in it.</summary>
/// <remarks>Source: [Krizhevsky2009]; its page gives the digest of the archive.</remarks>
internal static class Cifar10Files
{
    /// <summary>Five training batches and the test batch, in this order.</summary>
    public static IReadOnlyList<FetchedFile> All { get; } =
    [
        new("data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25"),
        new("data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692"),
        new("data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421"),
        new("data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb"),
        new("data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d"),
        new("test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d"),
    ];

    /// <summary>The archive that holds them.</summary>
    public static FetchedArchive Archive { get; } = new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530", All);

    /// <summary>Folders that hold the archive, in the order in which they are tried.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://www.cs.toronto.edu/~kriz/"),
        new("https://cave.cs.toronto.edu/kriz/"),
        new("https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/"),
        new("https://apache-mxnet.s3-accelerate.dualstack.amazonaws.com/gluon/dataset/cifar10/"),
    ];

    /// <summary>The names in one line, for messages.</summary>
    public static string NamesText { get; } = string.Join(", ", All.Select(file => file.Name));

    /// <summary>True for a folder with all six files.</summary>
    public static bool AreIn(string folder) => All.All(file => File.Exists(Path.Combine(folder, file.Name)));
}
