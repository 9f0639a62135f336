using System.Globalization;

namespace Sonde.Records.Tables;

/// <summary>Names parts and checkpoints: the update in twelve digits, so that names sort as updates do. Updates of pre-training have a minus
/// sign.</summary>
internal static class PartName
{
    private const int Digits = 12;

    /// <summary>Returns the name for an update.</summary>
    public static string Of(long update) => update.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>Returns the update of a name, or null if the name is another one: that of a temporary file, of a whole table, or of a user's file.</summary>
    public static long? Parse(string name) =>
        name.Length >= Digits && long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var update) && Of(update) == name
            ? update : null;
}
