using System.Globalization;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Grids;

/// <summary>Turns epochs into updates: one epoch is one pass over the training examples of a finite dataset.</summary>
/// <param name="folder">The data folders, for datasets whose size only their files tell.</param>
internal sealed class EpochLengths(DataFolder? folder)
{
    private readonly Dictionary<DatasetSetting, long?> counted = [];

    /// <summary>Updates of the given epochs, rounded up; null for an endless stream.</summary>
    /// <param name="flat">A point of the grid: data section, batch and epochs.</param>
    /// <exception cref="DataException">The files of the dataset are missing or broken.</exception>
    public string? UpdatesOf(IReadOnlyDictionary<string, string> flat)
    {
        if (Count(DataFields.Setting(flat)) is not { } examples)
            return null;
        var (epochs, batch) = (decimal.Parse(flat[FieldList.Epochs], CultureInfo.InvariantCulture), decimal.Parse(flat[FieldList.Batch],
            CultureInfo.InvariantCulture));
        if (flat.GetValueOrDefault(FieldList.LastBatch) == FieldList.Short)
            return (epochs * decimal.Ceiling(examples / batch)).ToString("0", CultureInfo.InvariantCulture);
        return decimal.Ceiling(epochs * examples / batch).ToString("0", CultureInfo.InvariantCulture);
    }

    private long? Count(DatasetSetting data)
    {
        if (!counted.TryGetValue(data, out var count))
            counted[data] = count = data.Name switch
            {
                // Known without their files, which may not have been fetched yet.
                "shapeset" => data.Examples,
                "mnist" => 50_000,
                "cifar10" => 40_000,
                _ => DatasetList.Open(data, folder ?? DataFolder.OfUser()).Open(Split.Train, 1).Count,
            };
        return count;
    }
}
