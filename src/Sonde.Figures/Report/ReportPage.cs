using System.Globalization;
using System.Text;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Figures.Trials;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>The report: one page that loads nothing.</summary>
internal static class ReportPage
{
    /// <summary>Returns the page as HTML that is also well-formed XML.</summary>
    public static string ToHtml(
        IReadOnlyList<RecordedTrial> trials, IReadOnlyList<FoundTrial> others, string studyName, IReadOnlyList<ReportFigure> figures,
        IReadOnlyList<LeftOutFigure> leftOut, StudySelection? selection, GridSummary grid, InteractivePart? interactive = null)
    {
        var summaries = trials.Select(TrialSummary.Of).ToList();
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            {(interactive is null ? "" : $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Html.Escape(InteractivePart.Policy)}\"/>\n")}
            <title>{Html.Escape(studyName)} · Sonde</title>
            <style>
            {ReportStyle.Css}{(interactive is null ? "" : InteractivePart.Style)}
            </style>
            </head>
            <body>{(interactive is null ? "" : "<sonde-page></sonde-page>")}
            <header>
            <h1>{Html.Escape(studyName)}</h1>
            <p>{Html.Escape(Introduction(trials, others.Count))}</p>
            </header>
            <main>

            """);
        AppendStudy(html, trials, others, summaries, figures, grid);
        html.Append("<section id=\"trials\">\n<h2>Trials</h2>\n").Append(ReportTable.ToHtml(summaries, others)).Append("</section>\n")
            .Append(selection is null ? "" : ReportSelection.ToHtml(selection))
            .Append("<section id=\"errors\">\n<h2>Curves of all trials</h2>\n")
            .AppendJoin("", figures.Where(figure => figure.Trial is null && !IsOfGrid(figure)).Select(figure => figure.ToHtml()))
            .Append(LeftOut(leftOut, null)).Append("</section>\n");
        foreach (var (trial, summary) in trials.Zip(summaries))
            AppendTrial(html, trial, summary, figures, leftOut);
        html.Append("""
            </main>
            <footer>The folder figures beside this page holds the same figures as SVG and PNG. The paper is X. Glorot and Y. Bengio, Understanding
            the difficulty of training deep feedforward neural networks, AISTATS 2010.</footer>

            """).Append(interactive?.ToHtml()).Append("</body>\n</html>\n");
        return html.ToString();
    }

    // The study first: what it found, then what each trial did, then the error over each numeric setting.
    private static void AppendStudy(
        StringBuilder html, IReadOnlyList<RecordedTrial> trials, IReadOnlyList<FoundTrial> others, IReadOnlyList<TrialSummary> summaries,
        IReadOnlyList<ReportFigure> figures, GridSummary grid)
    {
        html.Append("<section id=\"verdicts\">\n<h2>What the trials did</h2>\n").Append(ReportGrid.ToHtml(grid, trials.Count + others.Count)).Append("<dl>\n");
        foreach (var group in VerdictGroup.Of(summaries))
        {
            var heading = group.Heading == group.Trials[0].Facts.Id
                ? $"<a href=\"#trial-{Html.Id(group.Heading)}\">{Html.Escape(group.Heading)}</a>" : Html.Escape(group.Heading);
            html.Append(CultureInfo.InvariantCulture, $"""
                <dt>{heading}</dt><dd>{Html.Prose(group.Sentence)}{(group.Others is { } alike ? $" {Html.Prose(alike)}" : "")}</dd>

                """);
        }
        html.Append("</dl>\n").AppendJoin("", figures.Where(IsOfGrid).Select(figure => figure.ToHtml())).Append("</section>\n");
    }

    private static bool IsOfGrid(ReportFigure figure) => figure.Trial is null && figure.Anchor.StartsWith(ErrorOverSetting.Stem, StringComparison.Ordinal);

    private static void AppendTrial(
        StringBuilder html, RecordedTrial trial, TrialSummary summary, IReadOnlyList<ReportFigure> figures, IReadOnlyList<LeftOutFigure> leftOut)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <section class="trial" id="trial-{Html.Id(summary.Facts.Id)}">
            <h2>{Html.Escape(summary.Facts.Id)}</h2>
            <p class="verdict">{Html.Prose(summary.Verdict.Sentence)}</p>
            {ReportFindings.ToHtml(summary.Verdict, trial)}<div class="figures">

            """);
        html.AppendJoin("", figures.Where(figure => figure.Trial == summary.Facts.Id).Select(figure => figure.ToHtml()))
            .Append("</div>\n").Append(LeftOut(leftOut, summary.Facts.Id)).Append("<details>\n<summary>Setting</summary>\n<table class=\"setting\"><tbody>\n");
        foreach (var (key, value) in trial.Manifest.Setting.Append(new(SettingField.Seed.Key, trial.Manifest.Seed.ToString(CultureInfo.InvariantCulture)))
            .DistinctBy(pair => pair.Key))
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html.Escape(key)}</th><td>{Html.Escape(value)}</td></tr>\n");
        html.Append("</tbody></table>\n</details>\n</section>\n");
    }

    private static string LeftOut(IReadOnlyList<LeftOutFigure> leftOut, string? trial) => string.Concat(leftOut.Where(figure => figure.Trial == trial)
        .Select(figure => $"<p class=\"note\">The figure {Html.Escape(figure.Name)} was left out: {Html.Escape(figure.Reason)}</p>\n"));

    private static string Introduction(IReadOnlyList<RecordedTrial> trials, int others)
    {
        var facts = trials.Select(trial => TrialFacts.Of(trial.Manifest)).ToList();
        var data = string.Join(" and ", facts.Select(fact => fact.Data).Distinct());
        var count = trials.Count + others;
        if (trials.All(trial => TrialFacts.IsOfCurvesAlone(trial.Manifest)) && others == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "One imported training" : $"{count:#,0} imported trainings")}, of which only "
                + $"curves are known.");
        var networks = count == 1 ? "One network" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} networks");
        return $"{networks} trained on {data}, with a record of every layer during training: activations, saturation and gradients."
            + (others == 0 ? "" : $" Figures and verdicts are shown for {trials.Count} of them: the best and the worst of each model, those that diverged, and "
                + "those named. 'sonde report DIR TRIAL' adds others.");
    }
}
