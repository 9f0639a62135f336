using System.Globalization;

namespace Sonde.Records.Tables;

/// <summary>Names of parts and checkpoints: the update in twelve digits, so that names sort as updates do; below 0, in pre-training, behind a minus
/// sign.</summary>
internal static class PartName
{
    private const int Digits = 12;

    /// <summary>The name for an update.</summary>
    public static string Of(long update) => update.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>The update of a name; null where it is not such a name (a temporary file, a whole table, a stranger).</summary>
    public static long? Parse(string name) =>
        name.Length >= Digits && long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var update) && Of(update) == name
            ? update : null;
}
