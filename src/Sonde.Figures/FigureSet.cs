using System.Globalization;
using Sonde.Analysis.Selecting;
using Sonde.Figures.Drawing;
using Sonde.Figures.Report;
using Sonde.Figures.Trials;
using Sonde.Records.Trials;

namespace Sonde.Figures;

/// <summary>The figures and the report of a run folder, as they were written.</summary>
/// <param name="Report">Path of <c>report.html</c>.</param>
/// <param name="Figures">Paths of the PNG and SVG files.</param>
public sealed record FigureSet(string Report, IReadOnlyList<string> Figures)
{
    /// <summary>Draws every figure of every trial as <c>DIR/figures/TRIAL-NAME.svg</c> and <c>.png</c>, the figures of the whole study as
    /// <c>DIR/figures/NAME.*</c>, and writes <c>DIR/report.html</c>. Existing files with these names are replaced.</summary>
    /// <param name="trials">The trials, in the order of the report; at least one.</param>
    /// <param name="studyName">Heading of the report.</param>
    /// <param name="directory">The run folder; it is created if it is missing.</param>
    /// <param name="selection">The models that the study chose and compared, for the report; may be null.</param>
    /// <param name="progress">Called with the path of each file after it is written, from any thread but never twice at once; may be null.</param>
    /// <exception cref="ArgumentException">There is no trial.</exception>
    public static FigureSet WriteAll(
        IReadOnlyList<RecordedTrial> trials, string studyName, string directory, StudySelection? selection = null, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException($"Expected at least one trial to draw for '{studyName}', got none; run the study first.", nameof(trials));
        var folder = Path.Combine(directory, "figures");
        Directory.CreateDirectory(folder);
        var jobs = FigureList.OfStudy.Select(figure => new Job(null, figure.Name, () => figure.Draw(trials)))
            .Concat(trials.SelectMany(trial => FigureList.OfTrial.Where(figure => figure.IsFor(trial))
                .Select(figure => new Job(trial.Manifest.Id, figure.Name, () => figure.Draw(trial))))).ToArray();
        var (drawn, paths) = (new ReportFigure[jobs.Length], new IReadOnlyList<string>[jobs.Length]);
        var reporting = new Lock();
        // One thread draws one figure. Different figures share only the typeface, which is read-only.
        Parallel.For(0, jobs.Length, index =>
        {
            var (trial, name, draw) = jobs[index];
            var figure = draw();
            var stem = trial is null ? name : $"{trial}-{name}";
            var svg = figure.ToSvg(string.Create(CultureInfo.InvariantCulture, $"f{index}-"));
            paths[index] = figure.Save(Path.Combine(folder, stem), svg);
            drawn[index] = new(trial, stem, figure, svg);
            lock (reporting)
                progress?.Invoke(paths[index][0]);
        });
        var report = Path.Combine(directory, "report.html");
        File.WriteAllText(report, ReportPage.ToHtml(trials, studyName, drawn, selection));
        progress?.Invoke(report);
        return new(report, [.. paths.SelectMany(files => files)]);
    }

    private sealed record Job(string? Trial, string Name, Func<FigureFile> Draw);
}
