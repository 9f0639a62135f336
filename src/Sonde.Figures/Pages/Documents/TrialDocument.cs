using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Theory;

namespace Sonde.Figures.Pages.Documents;

/// <summary>One trial for its page: setting, verdict, curves, statistics of layers, forecast and findings.</summary>
internal static class TrialDocument
{
    /// <summary>Returns the document.</summary>
    /// <param name="trial">The trial's records.</param>
    /// <param name="status">Its state as found, which a record that says "running" cannot know.</param>
    /// <param name="ghosts">Published curves of the same model.</param>
    /// <param name="mostUpdates">The most updates of which statistics are shown.</param>
    public static byte[] ToBytes(RecordedTrial trial, string status, IReadOnlyList<GhostCurve> ghosts, int mostUpdates = ShownRows.Most)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var (manifest, facts) = (trial.Manifest, TrialFacts.Of(trial.Manifest));
        return DocumentWriter.ToBytes(document =>
        {
            document.Text("id", manifest.Id);
            document.Text("study", manifest.Study);
            document.Text("status", manifest.Status == TrialStatus.Damaged ? manifest.Status : status);
            document.Text("message", manifest.Message);
            document.Text("verdict", TrialFacts.VerdictOf(trial).Sentence);
            document.Flag("isImported", manifest.Notes is not null);
            document.Text("steps", facts.Steps);
            document.Whole("updates", manifest.Updates);
            document.Whole("planned", facts.Setting.Updates);
            document.Whole("begin", facts.Begin);
            document.Whole("depth", facts.Depth);
            document.Texts("hidden", facts.Hidden.Layers.Select((layer, k) => $"{layer.Units} {facts.Network.ActivationOf(k + 1)?.Name ?? facts.Activation}"));
            MeasureDocument.Write(document, ErrorMeasure.Of(facts.Network.Task));
            document.Number("chance", facts.ChanceError);
            document.Text("seed", manifest.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            document.Texts("setting", manifest.Setting);
            document.Texts("versions", manifest.Versions);
            document.Texts("machine", manifest.Machine);
            WriteCurves(document, trial);
            WriteLayers(document, trial, facts.Network.SharedActivation, mostUpdates);
            WriteForecast(document, trial);
            document.Objects("findings", FindingSpan.Of(trial), span =>
            {
                document.Text("id", span.Finding.Id);
                document.Text("name", span.Finding.Name);
                document.Text("sentence", span.Finding.Sentence);
                document.Text("mechanism", span.Finding.Mechanism);
                document.Text("source", span.Finding.Source);
                document.Text("consequenceOf", span.Finding.ConsequenceOf);
                document.Wholes("layers", span.Finding.Layers);
                document.Flag("isFault", span.Finding.IsFault);
                document.Flag("isRemark", !span.Finding.IsSaid);
                document.Flag("holds", span.Holds);
                document.Whole("first", span.First);
                document.Whole("last", span.Last);
                document.Object("evidence", () =>
                {
                    foreach (var (name, value) in span.Finding.Evidence)
                        document.Number(name, value);
                });
            });
            document.Texts("histograms", trial.Histograms.Select(row => row.Quantity).Distinct());
            document.Texts("spectra", trial.Spectra.Select(row => row.Quantity).Distinct());
            document.Texts("images", trial.Images.Select(image => image.Quantity).Distinct());
            document.Flag("filters", manifest.Files.Any(file => file.Path.StartsWith("checkpoint/", StringComparison.Ordinal)));
            document.Flag("answers", manifest.Files.Any(file => file.Path.StartsWith("predictions", StringComparison.Ordinal)));
            document.Objects("ghosts", ghosts, ghost =>
            {
                document.Text("name", ghost.Name);
                document.Wholes("updates", ghost.Updates);
                document.Numbers("errors", ghost.Errors);
            });
        });
    }

    private static void WriteCurves(DocumentWriter document, RecordedTrial trial) => document.Object("curves", () =>
    {
        foreach (var split in trial.Curve.GroupBy(point => point.Split))
            document.Object(split.Key, () =>
            {
                document.Wholes("updates", split.Select(point => point.Update));
                document.Numbers("errors", split.Select(point => point.Error));
                document.Numbers("costs", split.Select(point => point.Cost));
            });
    });

    // One object per quantity and layer with a list per number, all over the same updates.
    private static void WriteLayers(DocumentWriter document, RecordedTrial trial, Activation? activation, int mostUpdates)
    {
        var updates = ShownRows.Choose(trial.Layers.Select(row => row.Update), mostUpdates);
        var shown = updates.ToHashSet();
        document.Wholes("recorded", updates);
        document.Whole("recordedInAll", trial.Layers.Select(row => row.Update).Distinct().Count());
        document.Object("layers", () =>
        {
            foreach (var quantity in trial.Layers.Where(row => shown.Contains(row.Update)).GroupBy(row => row.Quantity))
                document.Object(quantity.Key, () =>
                {
                    foreach (var layer in quantity.GroupBy(row => row.Layer).OrderBy(layer => layer.Key))
                        document.Object(layer.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), () => WriteRows(document, [.. layer]));
                });
        });
        document.Number("lower", activation?.Lower);
        document.Number("upper", activation?.Upper);
    }

    private static void WriteRows(DocumentWriter document, List<LayerStatistics> rows)
    {
        document.Wholes("updates", rows.Select(row => row.Update));
        foreach (var (name, number) in (ReadOnlySpan<(string, Func<LayerStatistics, double?>)>)[
            ("mean", row => row.Mean), ("sd", row => row.Sd), ("min", row => row.Min), ("p2", row => row.P2), ("p25", row => row.P25), ("p50", row => row.P50),
            ("p75", row => row.P75), ("p98", row => row.P98), ("max", row => row.Max), ("saturated", row => row.Saturated), ("dead", row => row.Dead),
            ("nonFinite", row => row.NonFinite)])
            if (rows.Exists(row => number(row) is not null) && (name != "nonFinite" || rows.Exists(row => row.NonFinite > 0)))
                document.Numbers(name, rows.Select(number));
    }

    private static void WriteForecast(DocumentWriter document, RecordedTrial trial) => document.Objects("forecast", GetForecast(trial), layer =>
    {
        document.Whole("layer", layer.Layer);
        document.Number(Quantity.Preactivation, layer.PreactivationSd);
        document.Number(Quantity.Activation, layer.ActivationSd);
        document.Number(Quantity.BackpropagatedGradient, layer.BackpropagatedGradientSd);
        document.Number(Quantity.WeightGradient, layer.WeightGradientSd);
    });

    private static IReadOnlyList<LayerForecast> GetForecast(RecordedTrial trial)
    {
        try
        {
            return TrialForecast.Of(trial)?.MeanField ?? [];
        }
        // Theory that does not cover this network costs the page its rings and nothing else.
        catch (Exception outside) when (outside is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return [];
        }
    }
}
