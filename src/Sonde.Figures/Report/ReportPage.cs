using System.Globalization;
using System.Text;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Records.Trials;

namespace Sonde.Figures.Report;

/// <summary>The report: one page that loads nothing.</summary>
internal static class ReportPage
{
    /// <summary>Returns the page as HTML that is also well-formed XML.</summary>
    public static string ToHtml(IReadOnlyList<RecordedTrial> trials, string studyName, IReadOnlyList<ReportFigure> figures, StudySelection? selection)
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
            <p>{Html.Escape(Introduction(trials))}</p>
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
        html.Append("</dl>\n</section>\n<section id=\"trials\">\n<h2>Trials</h2>\n").Append(ReportTable.ToHtml(summaries)).Append("</section>\n")
            .Append(selection is null ? "" : ReportSelection.ToHtml(selection))
            .Append("<section id=\"errors\">\n<h2>Errors</h2>\n")
            .AppendJoin("", figures.Where(figure => figure.Trial is null).Select(figure => figure.ToHtml())).Append("</section>\n");
        foreach (var (trial, summary) in trials.Zip(summaries))
            AppendTrial(html, trial, summary, figures);
        html.Append("""
            </main>
            <footer>The folder figures beside this page holds the same figures as SVG and PNG. The paper is X. Glorot and Y. Bengio, Understanding
            the difficulty of training deep feedforward neural networks, AISTATS 2010.</footer>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private static void AppendTrial(StringBuilder html, RecordedTrial trial, TrialSummary summary, IReadOnlyList<ReportFigure> figures)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <section class="trial" id="trial-{Html.Id(summary.Facts.Id)}">
            <h2>{Html.Escape(summary.Facts.Id)}</h2>
            <p class="verdict">{Html.Escape(summary.Verdict.Sentence)}</p>
            <div class="figures">

            """);
        html.AppendJoin("", figures.Where(figure => figure.Trial == summary.Facts.Id).Select(figure => figure.ToHtml()))
            .Append("</div>\n<details>\n<summary>Setting</summary>\n<table class=\"setting\"><tbody>\n");
        foreach (var (key, value) in trial.Manifest.Setting.Append(new("seed", trial.Manifest.Seed.ToString(CultureInfo.InvariantCulture)))
            .DistinctBy(pair => pair.Key))
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html.Escape(key)}</th><td>{Html.Escape(value)}</td></tr>\n");
        html.Append("</tbody></table>\n</details>\n</section>\n");
    }

    private static string Introduction(IReadOnlyList<RecordedTrial> trials)
    {
        var facts = trials.Select(trial => TrialFacts.Of(trial.Manifest)).ToList();
        var data = string.Join(" and ", facts.Select(fact => fact.Data).Distinct());
        var networks = trials.Count == 1 ? "One network" : $"{trials.Count} networks";
        return $"{networks} trained on {data}, with a record of every layer during training: activations, saturation and gradients.";
    }
}
