using Sonde.Data;

namespace Sonde.Analysis.Trials;

/// <summary>Test errors of the best constant guess on well-known datasets, for trials whose record does not say theirs.</summary>
internal static class KnownChance
{
    /// <summary>The error in per cent; null if the dataset is not a known one.</summary>
    public static double? ErrorOf(DatasetSetting? data) => data?.Name switch
    {
        // The most frequent classes: with one object 1 image in 3, with two different ones 2 in 9; if both are drawn equally often, one object 1 in 6.
        "shapeset" => 100 * data.Objects switch { 1 => 2 / 3.0, 2 => 7 / 9.0, _ => 5 / 6.0 },
        "mnist" => 88.65, // 1,135 of the 10,000 test digits are ones
        "cifar10" or "cifar10-jpeg" or "small-imagenet" => 90, // ten equal classes
        _ => null,
    };
}
