using System.Globalization;
using System.IO.Compression;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Figures.Pages;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Files;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>The part of the report that a browser with scripts shows in place of the rest: the dashboard's modules in one script, and the documents that they
/// read, compressed.</summary>
internal sealed class InteractivePart
{
    // A report is sent by mail: of a long trial it shows as many updates as anybody steps through.
    private const int MostUpdates = 60, MostUpdatesOfOthers = 12, MostFilters = 36, MostWrongOfAPair = 2, MostWrong = 60;

    private readonly StringBuilder documents = new();
    private readonly ReportSources sources;

    /// <summary>Collects the documents.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="trials">Every trial of the study.</param>
    /// <param name="drawn">Those with all their records.</param>
    /// <param name="others">Further trials with their curves and statistics of layers; read one after the other.</param>
    /// <param name="curves">Error curves of the rest, for the plot of all; may be empty.</param>
    /// <param name="selection">The choice of models; null if they cannot be compared.</param>
    /// <param name="sources">Where predictions, filters and published curves are found.</param>
    public InteractivePart(
        string study, IReadOnlyList<FoundTrial> trials, IReadOnlyList<RecordedTrial> drawn, IEnumerable<RecordedTrial> others,
        IReadOnlyList<RecordedCurve> curves, StudySelection? selection, ReportSources sources)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(curves);
        this.sources = sources;
        Add("study", StudyDocuments.Table(study, trials, _ => null));
        Add("comparison", StudyDocuments.Comparison(trials, selection, null));
        var (all, verdicts) = (new List<RecordedCurve>(), new List<KeyValuePair<string, string>>());
        void AddRow(RecordedTrial trial)
        {
            all.Add(new(trial.Manifest.Id, trial.Curve));
            verdicts.Add(new(trial.Manifest.Id, TrialFacts.VerdictOf(trial).Sentence));
        }
        foreach (var (trial, documentsOfTrial) in drawn.Zip(DocumentsOf(drawn)))
        {
            AddRow(trial);
            documents.Append(documentsOfTrial);
        }
        foreach (var trial in others)
        {
            AddRow(trial);
            Add($"trial?trial={trial.Manifest.Id}", ToDocument(trial, MostUpdatesOfOthers));
        }
        all.AddRange(curves);
        foreach (var split in all.SelectMany(curve => curve.Points.Select(point => point.Split)).Distinct())
        {
            var lines = all.Select(curve => (curve.Id, Line: curve.LineOf(split))).Where(curve => curve.Line.Updates.Length > 0);
            Add($"curves?split={split}", StudyDocuments.Curves(split, [.. lines]));
        }
        Add("verdicts", DocumentWriter.ToBytes(document => document.Texts("verdicts", verdicts)));
    }

    /// <summary>What the page may load and run: the two scripts of this part alone, by their digests.</summary>
    public static string Policy => $"default-src 'none'; script-src 'sha256-{Digest(ScriptText)}'; style-src 'unsafe-inline'; img-src data: blob:; "
        + "base-uri 'none'; form-action 'none'";

    private static string ScriptText { get; } = $"//<![CDATA[\n{JoinedModules.Script}//]]>";

    /// <summary>The style of this part.</summary>
    public static string Style => $"\n{JoinedModules.Style}";

    /// <summary>The end of the page's body.</summary>
    public string ToHtml() => $"{documents}<script>{ScriptText}</script>\n";

    private byte[] ToDocument(RecordedTrial trial, int mostUpdates) =>
        TrialDocument.ToBytes(trial, trial.Manifest.Status, sources.GhostsOf(TrialSetting.Read(trial.Manifest.Setting)), mostUpdates);

    /// <summary>Makes the documents of each trial, on all cores.</summary>
    private StringBuilder[] DocumentsOf(IReadOnlyList<RecordedTrial> trials)
    {
        try
        {
            return [.. trials.AsParallel().AsOrdered().Select(DocumentsOf)];
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
    }

    private StringBuilder DocumentsOf(RecordedTrial trial)
    {
        var id = trial.Manifest.Id;
        var documents = new StringBuilder();
        void Add(string name, byte[] content) => Pack(name, content, documents);
        Add($"trial?trial={id}", ToDocument(trial, MostUpdates));
        foreach (var quantity in trial.Histograms.Select(row => row.Quantity).Distinct())
            Add($"histograms?trial={id}&quantity={quantity}", LayerDocuments.Histograms(trial, quantity, MostUpdates));
        foreach (var quantity in trial.Spectra.Select(row => row.Quantity).Distinct())
            Add($"spectra?trial={id}&quantity={quantity}", LayerDocuments.Spectra(trial, quantity, MostUpdates));
        foreach (var quantity in trial.Images.Select(image => image.Quantity).Distinct())
            Add($"images?trial={id}&quantity={quantity}", LayerDocuments.Images(trial, quantity, MostFilters));
        try
        {
            if (FindAnswers(id, TrialSetting.Read(trial.Manifest.Setting)) is { } answers)
                Add($"answers?trial={id}", answers);
            if (sources.Run.FindParameters(id) is { Layers: [var first, ..] } && LayerDocuments.FindShape(first.FanIn) is { } shape)
                Add($"filters?trial={id}", LayerDocuments.Filters(first.Weights, first.FanOut, shape, trial.Manifest.Updates, MostFilters));
        }
        catch (Exception damage) when (damage is RecordException or IOException or UnauthorizedAccessException)
        {
            // A damaged trial shows what can be read; 'sonde verify' says what is wrong.
        }
        return documents;
    }

    private byte[]? FindAnswers(string id, RecordedSetting setting)
    {
        if (sources.Run.ReadPredictions(id) is not { Count: > 0 } answers)
            return null;
        var examples = TestExamples.Find(setting, sources.Open, answers, out var problem);
        return AnswersDocument.ToBytes(answers, examples, problem, MostWrongOfAPair, MostWrong);
    }

    private void Add(string name, byte[] content) => Pack(name, content, documents);

    private static void Pack(string name, byte[] content, StringBuilder into)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(content);
        into.Append(CultureInfo.InvariantCulture, $"<script type=\"application/octet-stream\" data-document=\"{Html.Escape(name)}\">")
            .Append(Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length)).Append("</script>\n");
    }

    private static string Digest(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
}
