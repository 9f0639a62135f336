using System.Globalization;

namespace Sonde.Studies.Fields;

/// <summary>Defaults of the intervals that follow the length of a trial, so that a short one has curves too.</summary>
internal static class Intervals
{
    /// <summary>From this many updates the defaults are the fields' own.</summary>
    private const long Long = 20_000;

    /// <summary>The fields.</summary>
    public static IReadOnlyList<string> Paths { get; } = [FieldList.ProbeEvery, FieldList.EvaluateEvery];

    /// <summary>The default for a trial of a length: about twenty observations and ten evaluations of a short one.</summary>
    /// <remarks>The least ones bound the cost: an observation or an evaluation takes as long as many updates.</remarks>
    public static string Default(string path, string updates)
    {
        var field = FieldList.Find(path)!;
        var length = long.Parse(updates, CultureInfo.InvariantCulture);
        var usual = long.Parse(field.Default!, CultureInfo.InvariantCulture);
        var (share, least) = path == FieldList.ProbeEvery ? (20, 50L) : (10, 100L);
        return (length >= Long ? usual : Math.Clamp(length / share, least, usual)).ToString(CultureInfo.InvariantCulture);
    }
}
