using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Figures.Report;
using Sonde.Figures.Trials;
using Sonde.Records.Files;
using Sonde.Records.Trials;

namespace Sonde.Figures;

/// <summary>The figures and the report of a run folder, as they were written.</summary>
/// <param name="Report">Path of <c>report.html</c>.</param>
/// <param name="Figures">Paths of the PNG and SVG files.</param>
public sealed record FigureSet(string Report, IReadOnlyList<string> Figures)
{
    /// <summary>The names of the report and of the folder of figures, in the run folder.</summary>
    internal const string ReportName = "report.html", FolderName = "figures";

    /// <summary>Figures that could not be drawn or written.</summary>
    public IReadOnlyList<LeftOutFigure> LeftOut { get; init; } = [];

    /// <summary>Draws every figure of every trial as <c>DIR/figures/TRIAL-NAME.svg</c> and <c>.png</c>, the figures of the whole study as
    /// <c>DIR/figures/NAME.*</c>, and writes <c>DIR/report.html</c>. Existing files with these names are replaced, each when its successor is
    /// complete. A figure that fails is left out.</summary>
    /// <param name="trials">The trials to draw, in the order of the report; at least one.</param>
    /// <param name="studyName">Heading of the report.</param>
    /// <param name="directory">The run folder; it is created if it is missing.</param>
    /// <param name="selection">The models that the study chose and compared, for the report; may be null.</param>
    /// <param name="others">Further trials of the study, which the report lists without figures; may be null.</param>
    /// <param name="progress">Called with the path of each file after it is written, from any thread but never twice at once; may be null.</param>
    /// <param name="cancellation">Stops between two figures.</param>
    /// <exception cref="ArgumentException">There is no trial.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FigureSet WriteAll(
        IReadOnlyList<RecordedTrial> trials, string studyName, string directory, StudySelection? selection = null, IReadOnlyList<FoundTrial>? others = null,
        Action<string>? progress = null, CancellationToken cancellation = default) =>
        WriteAll(trials, studyName, directory, selection, others, null, progress, cancellation);

    /// <summary>Draws and writes the same, with an interactive part in the report unless that is null. It is made while the figures are drawn.</summary>
    internal static FigureSet WriteAll(
        IReadOnlyList<RecordedTrial> trials, string studyName, string directory, StudySelection? selection, IReadOnlyList<FoundTrial>? others,
        Func<InteractivePart>? interactive, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException($"Expected at least one trial to draw for '{studyName}', got none; run the study first.", nameof(trials));
        var folder = Path.Combine(directory, FolderName);
        DurableFile.PrepareFolder(directory);
        DurableFile.PrepareFolder(folder);
        var grid = GridSummary.Of([.. trials.Select(FoundTrial.FromRecord), .. others ?? []]);
        var jobs = grid.Curves.Select(curve => new Job(
            null, ErrorOverSetting.NameOf(curve), () => ErrorOverSetting.Draw(studyName, curve, grid.Chance, grid.Measure)))
            .Concat(FigureList.OfStudy.Where(figure => figure.IsFor(trials)).Select(figure => new Job(null, figure.Name, () => figure.Draw(trials))))
            // The verdict of an import of curves says once that there are no layers, in place of seven empty figures.
            .Concat(trials.Where(trial => !TrialFacts.IsOfCurvesAlone(trial.Manifest))
                .SelectMany(trial => FigureList.OfTrial.Where(figure => figure.IsFor(trial))
                    .Select(figure => new Job(trial.Manifest.Id, figure.Name, () => figure.Draw(trial))))).ToArray();
        var (drawn, paths, leftOut) = (new ReportFigure?[jobs.Length], new IReadOnlyList<string>[jobs.Length], new LeftOutFigure?[jobs.Length]);
        var reporting = new Lock();
        var part = interactive is null ? null : Task.Run(interactive, cancellation);
        // One thread draws one figure. Different figures share only the typeface, which is read-only.
        Parallel.For(0, jobs.Length, new() { CancellationToken = cancellation }, index =>
        {
            var (trial, name, draw) = jobs[index];
            paths[index] = [];
            try
            {
                var figure = draw();
                var stem = trial is null ? name : $"{trial}-{name}";
                var svg = figure.ToSvg(string.Create(CultureInfo.InvariantCulture, $"f{index}-"));
                paths[index] = figure.Save(Path.Combine(folder, stem), svg);
                drawn[index] = new(trial, stem, figure, svg);
            }
            // Any failure costs this figure alone, and the report names it.
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                leftOut[index] = LeftOutFigure.FromFailure(trial, name, failure);
                return;
            }
            lock (reporting)
                progress?.Invoke(paths[index][0]);
        });
        LeftOutFigure[] missing = [.. leftOut.OfType<LeftOutFigure>()];
        var report = Path.Combine(directory, ReportName);
        WholeFile.Write(report, ReportPage.ToHtml(trials, others ?? [], studyName, [.. drawn.OfType<ReportFigure>()], missing, selection, grid,
            part?.GetAwaiter().GetResult()));
        progress?.Invoke(report);
        return new(report, [.. paths.SelectMany(files => files)]) { LeftOut = missing };
    }

    private sealed record Job(string? Trial, string Name, Func<FigureFile> Draw);
}
