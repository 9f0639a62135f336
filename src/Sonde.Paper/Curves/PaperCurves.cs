using System.Globalization;
using Sonde.Paper.Models;

namespace Sonde.Paper.Curves;

/// <summary>The curves of figures 2, 3, 9, 10, 11 and 12, read off the paper's figures.</summary>
internal static class PaperCurves
{
    /// <summary>The updates at which the paper's figures 11 and 12 end, and with them Table 1's column of Shapeset.</summary>
    public const long FigureUpdates = 2_500_000;

    /// <summary>How far an activation that was read off a figure may be from the printed one.</summary>
    public const double ActivationReading = 0.02;

    /// <summary>All curves.</summary>
    public static IReadOnlyList<PaperCurve> All { get; } = Read();

    /// <summary>Finds a curve; null if the paper's figure has no such series.</summary>
    public static PaperCurve? Find(string figure, string series) => All.FirstOrDefault(curve => curve.Figure == figure && curve.Series == series);

    /// <summary>Returns the name of a model in the table of curves: <c>tanh-n</c>.</summary>
    public static string NameOf(PaperModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Label.Replace(" N", "-n", StringComparison.Ordinal);
    }

    private static List<PaperCurve> Read()
    {
        using var stream = typeof(PaperCurves).Assembly.GetManifestResourceStream("paper-curves.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(fields => (Figure: fields[0], Series: fields[1]))
            .Select(rows => new PaperCurve(rows.Key.Figure, rows.Key.Series,
                [.. rows.Select(fields => (long.Parse(fields[2], CultureInfo.InvariantCulture), double.Parse(fields[3], CultureInfo.InvariantCulture)))
                    .OrderBy(point => point.Item1)]))];
    }
}
