using System.Globalization;
using System.Text;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>The report: one page that loads nothing.</summary>
internal static class ReportPage
{
    /// <summary>Returns the page as HTML that is also well-formed XML.</summary>
    public static string ToHtml(
        IReadOnlyList<RecordedTrial> trials, IReadOnlyList<FoundTrial> others, string studyName, IReadOnlyList<ReportFigure> figures,
        IReadOnlyList<LeftOutFigure> leftOut, StudySelection? selection)
    {
        var summaries = trials.Select(TrialSummary.Of).ToList();
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{Html.Escape(studyName)} · Sonde</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <header>
            <h1>{Html.Escape(studyName)}</h1>
            <p>{Html.Escape(Introduction(trials, others.Count))}</p>
            </header>
            <main>
            <section id="verdicts">
            <h2>What the trials did</h2>
            <dl>

            """);
        foreach (var trial in summaries)
            html.Append(CultureInfo.InvariantCulture, $"""
                <dt><a href="#trial-{Html.Id(trial.Facts.Id)}">{Html.Escape(trial.Facts.Id)}</a></dt><dd>{Html.Escape(trial.Verdict.Sentence)}</dd>

                """);
        html.Append("</dl>\n</section>\n<section id=\"trials\">\n<h2>Trials</h2>\n").Append(ReportTable.ToHtml(summaries, others)).Append("</section>\n")
            .Append(selection is null ? "" : ReportSelection.ToHtml(selection))
            .Append("<section id=\"errors\">\n<h2>Errors</h2>\n")
            .AppendJoin("", figures.Where(figure => figure.Trial is null).Select(figure => figure.ToHtml()))
            .Append(LeftOut(leftOut, null)).Append("</section>\n");
        foreach (var (trial, summary) in trials.Zip(summaries))
            AppendTrial(html, trial, summary, figures, leftOut);
        html.Append("""
            </main>
            <footer>The folder figures beside this page holds the same figures as SVG and PNG. The paper is X. Glorot and Y. Bengio, Understanding
            the difficulty of training deep feedforward neural networks, AISTATS 2010.</footer>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private static void AppendTrial(
        StringBuilder html, RecordedTrial trial, TrialSummary summary, IReadOnlyList<ReportFigure> figures, IReadOnlyList<LeftOutFigure> leftOut)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <section class="trial" id="trial-{Html.Id(summary.Facts.Id)}">
            <h2>{Html.Escape(summary.Facts.Id)}</h2>
            <p class="verdict">{Html.Escape(summary.Verdict.Sentence)}</p>
            <div class="figures">

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
        var networks = count == 1 ? "One network" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} networks");
        return $"{networks} trained on {data}, with a record of every layer during training: activations, saturation and gradients."
            + (others == 0 ? "" : $" Figures and verdicts are shown for {trials.Count} of them: the best and the worst of each model, those that diverged, and "
                + "those named. 'sonde report DIR TRIAL' adds others.");
    }
}
