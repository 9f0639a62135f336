using System.Globalization;
using System.Text;
using Sonde.Figures.Drawing;
using Sonde.Figures.Report;
using Sonde.Paper.Verdicts;
using Sonde.Studies;

namespace Sonde.Paper;

/// <summary>The page of the reproduction: figure 11 with the paper's curves, an overview from what agrees in number to what was not run, then each item with
/// its pictures, the paper's numbers, Sonde's numbers and the command
/// that made them.</summary>
internal static class PaperPage
{
    private const string Style = """
        .agreement { display: inline-block; font-size: 12px; padding: 1px 8px; border-radius: 8px; border: 1px solid; white-space: nowrap; }
        .agreesInNumber { color: #00785a; } .agreesInOrder { color: #6f7a00; } .differs { color: #c03a00; }
        .notReachedYet, .notRun, .dataMissing { color: var(--soft); }
        @media (prefers-color-scheme: dark) { .agreesInNumber { color: #3fc79a; } .agreesInOrder { color: #c9cc4a; } .differs { color: #ff8657; } }
        #overview td { white-space: normal; } #overview td:nth-child(1) { width: 30%; } #overview td:nth-child(2) { white-space: nowrap; }
        .item figure svg { max-width: 960px; }
        .item { border-top: 2px solid var(--line); margin-top: 36px; } .item h2 { margin-top: 18px; }
        .says { color: var(--soft); max-width: 110ch; margin: 0 0 6px; }
        .item > p { max-width: 110ch; } .readings { width: auto; margin: 10px 0 16px; } .readings td { white-space: normal; }
        /* On a phone a row of a table is a block of lines. */
        @media (max-width: 640px) {
          #overview thead, .readings thead { display: none; }
          #overview tr, .readings tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }
          #overview td, .readings td { display: block; padding: 1px 10px; border: 0; width: auto !important; } .readings td:empty { display: none; }
          .readings td:nth-child(1) { font-weight: 600; } .readings td:nth-child(2)::before { content: "paper: "; }
          .readings td:nth-child(3)::before { content: "here: "; }
        }
        """;

    /// <summary>Returns the page as HTML that is also well-formed XML; it loads nothing.</summary>
    public static string ToHtml(IReadOnlyList<ShownItem> items, PaperRuns runs)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>The paper, measured again · Sonde</title>
            <style>
            {ReportStyle.Css}
            {Style}
            </style>
            </head>
            <body>
            <header>
            <h1>Understanding the difficulty of training deep feedforward neural networks, measured again</h1>
            <p>Each figure, table and claim of Glorot and Bengio 2010 beside Sonde's measurement
            at the scale “{Html.Escape(runs.Scale)}”: {Html.Escape(Counts(items))}.</p>
            <p class="says">Each quantity is compared after the same number of updates. “Agrees in number”: every number that the paper gives is within the
            tolerance written beside it. “Agrees in order”: the order or the statement in words is as in the paper, the numbers are not, or it gives none.
            “Differs”: something else was measured in a run that is long enough. “Not reached yet”: the run is too short, or networks of the item are
            missing. “Not run”: none of them has been trained. Errors are per cent of the test examples; an update is one mini-batch of ten examples.
            With one seed per network, how much the seed matters is not known.</p>
            </header>
            <main>

            """);
        // One picture says most: the test errors on Shapeset with the paper's curves behind them.
        foreach (var shown in items.Where(IsFirst))
            Append(html, shown, runs);
        html.Append("""
            <section id="overview">
            <h2>At a glance</h2>
            <div class="scroll"><table>
            <thead><tr><th>item</th><th>verdict</th><th>measurement</th></tr></thead>
            <tbody>

            """);
        foreach (var (item, result, _) in items.OrderBy(shown => shown.Result.Agreement))
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="#{item.Name}">{Html.Escape(Heading(item))}</a></td><td>{Mark(result.Agreement)}</td>
                <td>{Html.Escape(result.Sentence)}</td></tr>

                """);
        html.Append("</tbody></table></div>\n</section>\n");
        foreach (var shown in items.Where(shown => !IsFirst(shown)))
            Append(html, shown, runs);
        html.Append("""
            </main>
            <footer>The folder figures beside this page holds every picture as SVG and PNG. Every run folder holds its own report. The paper is X. Glorot
            and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.</footer>
            </body>
            </html>

            """);
        return html.ToString();
    }

    /// <summary>Returns number and title: <c>Figure 3. ...</c>.</summary>
    public static string Heading(PaperItem item) => item.Kind == ItemKind.Claim ? item.Title : $"{item.Kind} {item.Key}. {item.Title}";

    private static bool IsFirst(ShownItem shown) => shown.Item is { Kind: ItemKind.Figure, Key: "11" };

    private static void Append(StringBuilder html, ShownItem shown, PaperRuns runs)
    {
        var (item, result, pictures) = shown;
        html.Append(CultureInfo.InvariantCulture, $"""
            <section class="item" id="{item.Name}">
            <h2>{Html.Escape(Heading(item))} {Mark(result.Agreement)}</h2>
            <p class="says">{Html.Escape(item.Says)}</p>
            <p>{Html.Escape(result.Sentence)}</p>

            """);
        if (Reason.Of(result) is { Length: > 0 } reason)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Html.Escape(reason)}</p>\n");
        foreach (var (figure, svg) in result.Figures.Zip(pictures))
            html.Append(CultureInfo.InvariantCulture, $"""
                <figure>
                <div class="picture{(figure.Width > FigureFile.HalfWidth ? " wide" : "")}">{svg}</div>
                <figcaption>{Html.Escape(figure.Explanation)}</figcaption>
                </figure>

                """);
        html.Append(result.Table);
        if (result.Readings.Count > 0 && result.Table.Length == 0)
        {
            html.Append("<div class=\"scroll\"><table class=\"readings\"><thead><tr><th></th><th>paper</th><th>here</th><th>distance</th>"
                + "<th>verdict</th></tr></thead><tbody>\n");
            foreach (var reading in result.Readings)
                html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Escape(reading.What)}</td><td>{Html.Escape(reading.Paper)}</td>")
                    .Append(CultureInfo.InvariantCulture, $"<td>{Html.Escape(reading.Ours)}</td><td>{Html.Escape(reading.Distance)}</td>")
                    .Append(CultureInfo.InvariantCulture, $"<td>{(reading.Verdict is { } verdict ? Mark(verdict) : "")}</td></tr>\n");
            html.Append("</tbody></table></div>\n");
        }
        html.Append(result.Html).Append(Provenance(item, runs)).Append("</section>\n");
    }

    /// <summary>Returns the studies of an item with their seeds and lengths, and the command that repeats them.</summary>
    private static string Provenance(PaperItem item, PaperRuns runs)
    {
        var option = item.Kind switch { ItemKind.Figure => "--figure", ItemKind.Table => "--table", _ => "--claim" };
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">Made by <code>sonde paper {option} {item.Key} --scale "
            + $"{Html.Escape(runs.Scale)}</code>");
        foreach (var study in item.Studies)
            text.Append(CultureInfo.InvariantCulture, $"; study <code>{Html.Escape(study)}</code>: {Html.Escape(Made(runs, study))}");
        return text.Append(item.Studies.Any(study => runs.Trials(study).Count(trial => trial.Manifest is not null) < runs.StudyOf(study).Trials.Count)
            ? ". The same command trains what is missing.</p>\n" : ".</p>\n").ToString();
    }

    /// <summary>Returns the data, seeds and lengths of a study's trials.</summary>
    private static string Made(PaperRuns runs, string study)
    {
        var trials = runs.Trials(study).Where(trial => trial.Manifest is not null).ToList();
        if (trials.Count == 0)
            return "not run";
        string Values(SettingField field) => string.Join(", ", trials.Select(trial => trial.Setting.TextOf(field)).OfType<string>().Distinct());
        var (fewest, most) = (trials.Min(trial => trial.Updates), trials.Max(trial => trial.Updates));
        return $"{trials.Count} {(trials.Count == 1 ? "trial" : "trials")} on {Values(SettingField.Data)}, seed {Values(SettingField.Seed)}, "
            + $"{(fewest == most ? "" : $"{Whole(fewest)} to ")}{Whole(most)} updates";
    }

    private static string Mark(Agreement agreement) => $"<span class=\"agreement {agreement.Key()}\">{agreement.Words()}</span>";

    private static string Counts(IReadOnlyList<ShownItem> items) => string.Join(", ", Enum.GetValues<Agreement>()
        .Select(agreement => (agreement, Count: items.Count(shown => shown.Result.Agreement == agreement))).Where(count => count.Count > 0)
        .Select(count => $"{count.Count} {(count.Count == 1 ? count.agreement.Words() : count.agreement.PluralWords())}"));

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
