using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Dashboard.Folders;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Files;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Dashboard.Serving;

/// <summary>Answers the pages' questions with documents. Folders and trials are looked up by their names in lists; no part of an address becomes a
/// path.</summary>
/// <param name="folders">The run folders.</param>
/// <param name="findGhosts">Finds published curves of the model that a setting describes.</param>
/// <param name="data">Where datasets are looked for.</param>
/// <param name="clock">The clock.</param>
internal sealed class DocumentRoutes(RunFolders folders, Func<RecordedSetting, IReadOnlyList<GhostCurve>> findGhosts, DataFolder data,
    TimeProvider clock)
{
    // One question names at most this many trials.
    private const int MostNamed = 500;

    // Somebody looks at the page: what takes longer is answered in parts.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Returns the document at a path; null if there is none.</summary>
    /// <param name="path">Such as <c>/api/study</c>.</param>
    /// <param name="query">Which folder, trial, split or quantity.</param>
    public byte[]? Find(string path, IQueryCollection query)
    {
        try
        {
            if (path == "/api/folders")
                return Folders();
            if (folders.Find(query["folder"]) is not { } run)
                return null;
            run.Read(Patience);
            switch (path)
            {
                case "/api/study":
                    return run.DocumentOf(path, trials => StudyDocuments.Table(run.Study, trials, run.ProgressOf, run.Unread));
                case "/api/curves":
                    return Curves(run, query);
                case "/api/verdicts":
                    return Verdicts(run, Named(run, query));
                case "/api/comparison":
                    // A page asks for this last.
                    var comparison = run.DocumentOf(path, trials => Comparison(run, trials));
                    run.GiveMemoryBack();
                    return comparison;
            }
            run.Read(Timeout.InfiniteTimeSpan);
            if (run.Find(query["trial"]) is not { } trial)
                return null;
            var quantity = query["quantity"].ToString();
            return path switch
            {
                "/api/trial" => Trial(run, trial),
                "/api/histograms" => LayerDocuments.Histograms(run.WholeOf(trial), quantity),
                "/api/spectra" => LayerDocuments.Spectra(run.WholeOf(trial), quantity),
                "/api/images" => LayerDocuments.Images(run.WholeOf(trial), quantity),
                "/api/filters" => Filters(run, trial),
                "/api/answers" => Answers(run, trial),
                _ => null,
            };
        }
        catch (KeyNotFoundException)
        {
            return DocumentWriter.Problem("A trial was removed while this was read. Load the page again.");
        }
        catch (Exception damage) when (damage is RecordException or FormatException or IOException or UnauthorizedAccessException)
        {
            return DocumentWriter.Problem(damage.Message);
        }
    }

    private byte[] Folders() => DocumentWriter.ToBytes(document => document.Objects("folders", folders.All, folder =>
    {
        var (key, run) = folder;
        run.Read(Patience);
        document.Text("key", key);
        document.Text("study", run.Study);
        document.Text("directory", run.Run.Directory);
        document.Whole("trials", run.Trials.Count);
        document.Object("counts", () =>
        {
            foreach (var (status, count) in run.Trials.CountBy(trial => trial.Status))
                document.Whole(status, count);
        });
        MeasureDocument.WriteBest(document, run.Trials);
    }));

    private byte[] Curves(WatchedRun run, IQueryCollection query)
    {
        var split = query["split"].ToString() is { Length: > 0 } named ? named : "test";
        var from = int.TryParse(query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        byte[] Of(IReadOnlyList<FoundTrial> trials) => Curves(run, split, trials, Math.Min(from, trials.Count));
        return query.ContainsKey("trial") ? Of(Named(run, query))
            : run.Trials.All(run.HasCurvesOf) ? run.DocumentOf($"curves {split} {from}", Of) : Of(run.Trials);
    }

    // The first time many files are read: as long as somebody waits for, and the page asks for the rest.
    private byte[] Curves(WatchedRun run, string split, IReadOnlyList<FoundTrial> trials, int from)
    {
        var (read, start, next) = (new CurveLine?[trials.Count], clock.GetTimestamp(), from);
        const int AtOnce = 64;
        while (next < trials.Count && (next == from || clock.GetElapsedTime(start) < Patience))
        {
            var end = Math.Min(trials.Count, next + AtOnce);
            Parallel.For(next, end, new() { MaxDegreeOfParallelism = Environment.ProcessorCount },
                k => read[k] = run.CurveOf(trials[k], split));
            next = end;
        }
        if (next == trials.Count)
            _ = Task.Run(run.LeaveCurves);
        return StudyDocuments.Curves(split, [.. trials.Select((trial, k) => (trial.Id, Line: read[k])).Where(curve => curve.Line is not null)
            .Select(curve => (curve.Id, curve.Line!))], next < trials.Count ? next : null);
    }

    private static byte[] Verdicts(WatchedRun run, IReadOnlyList<FoundTrial> trials) => DocumentWriter.ToBytes(document => document.Texts("verdicts",
        trials.Take(MostNamed).Select(trial => KeyValuePair.Create(trial.Id, run.VerdictOf(trial) ?? ""))));

    private static byte[] Comparison(WatchedRun run, IReadOnlyList<FoundTrial> trials)
    {
        try
        {
            // A comparison reads manifests, which are read already, and predictions.
            return trials.Where(trial => trial.Status == TrialStatus.Done).Select(trial => run.FindRefusal(trial, "predictions")).OfType<string>()
                .FirstOrDefault() is { } refusal ? StudyDocuments.Comparison(trials, null, refusal)
                : StudyDocuments.Comparison(trials, StudySelection.Of(run.Run, trials), null);
        }
        catch (RecordException cause)
        {
            return StudyDocuments.Comparison(trials, null, cause.Message);
        }
    }

    private byte[] Trial(WatchedRun run, FoundTrial trial) => trial.Manifest is null
        ? DocumentWriter.Problem(trial.Message ?? $"{trial.Id} has not begun. Its page fills when it does.")
        : TrialDocument.ToBytes(run.WholeOf(trial), trial.Status, findGhosts(trial.Setting));

    private byte[] Answers(WatchedRun run, FoundTrial trial)
    {
        if (run.FindRefusal(trial) is { } refusal)
            return DocumentWriter.Problem(refusal);
        var answers = run.Run.ReadPredictions(trial.Id);
        var examples = TestExamples.Find(trial.Setting, setting => DatasetList.Open(setting, data), answers, out var problem);
        return AnswersDocument.ToBytes(answers, examples, problem);
    }

    private static byte[] Filters(WatchedRun run, FoundTrial trial)
    {
        if (run.FindRefusal(trial) is { } refusal)
            return DocumentWriter.Problem(refusal);
        if (run.Run.FindParameters(trial.Id) is not { Layers: [var first, ..] } || LayerDocuments.FindShape(first.FanIn) is not { } shape)
            return DocumentWriter.Problem("No checkpoint with images as inputs was kept, so there are no filters to show.");
        return LayerDocuments.Filters(first.Weights, first.FanOut, shape, trial.Updates);
    }

    private static IReadOnlyList<FoundTrial> Named(WatchedRun run, IQueryCollection query)
    {
        if (!query.TryGetValue("trial", out var ids))
            return run.Trials;
        var wanted = ids.ToString().Split(',').Take(MostNamed).ToHashSet();
        return [.. run.Trials.Where(trial => wanted.Contains(trial.Id))];
    }
}
