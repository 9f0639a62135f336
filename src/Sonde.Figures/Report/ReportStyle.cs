namespace Sonde.Figures.Report;

/// <summary>The style of the report: system typefaces, a light and a dark colour scheme, two figures side by side if there is room, and page breaks
/// between figures.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet; it loads nothing.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1d2327; --soft: #59636b; --line: #d5dade; --page: #f6f7f8; --card: #ffffff; --accent: #0072b2; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9eb; --soft: #a3adb5; --line: #3a4147; --page: #16191c; --card: #1f2428; --accent: #6cb8ea; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1280px; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif; }
        h1 { font-size: 28px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 36px 0 10px; } h3 { font-size: 15px; margin: 0 0 8px; color: #1d2327; }
        header p, .note, footer { color: var(--soft); } header p { margin: 0; } .note, footer, small { font-size: 13px; }
        a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
        dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: 8px 20px; margin: 0 0 16px; }
        dt { font-weight: 600; overflow-wrap: anywhere; } dd { margin: 0; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; background: var(--card); width: 100%; border: 1px solid var(--line); }
        th, td { padding: 7px 12px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: middle; }
        th { font-weight: 600; font-size: 13px; color: var(--soft); vertical-align: bottom; }
        tbody tr:last-child td, tbody tr:last-child th { border-bottom: 0; }
        tbody td { white-space: nowrap; } .setting tbody td, tbody td.wraps { white-space: normal; }
        td.wraps { min-width: 200px; } .number { text-align: right; font-variant-numeric: tabular-nums; }
        td small { color: var(--soft); }
        .bars { vertical-align: middle; margin-right: 6px; } .bars .frame { fill: none; stroke: var(--soft); stroke-opacity: 0.5; }
        .bars .bar { fill: #d55e00; }
        .status { font-size: 12px; padding: 1px 6px; border: 1px solid #d55e00; color: #d55e00; border-radius: 8px; }
        .trial { border-top: 2px solid var(--line); margin-top: 40px; } .trial h2 { margin-top: 20px; } .verdict { margin: 0 0 16px; max-width: 120ch; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 16px; align-items: start; }
        figure { margin: 0 0 16px; padding: 14px 16px; background: #ffffff; border: 1px solid var(--line); border-radius: 6px; break-inside: avoid; }
        .figures figure { margin: 0; } figure svg, figure img { display: block; width: 100%; height: auto; margin: 0 auto; }
        .picture { overflow-x: auto; }
        figcaption { margin-top: 8px; font-size: 13px; color: #59636b; max-width: 95ch; }
        details { margin-top: 16px; } summary { cursor: pointer; color: var(--soft); } .setting { width: auto; margin-top: 8px; font-size: 13px; }
        .setting th, .setting td { padding: 3px 12px; vertical-align: baseline; }
        footer { margin-top: 40px; border-top: 1px solid var(--line); padding-top: 12px; }
        @media (max-width: 640px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; }
          body { padding: 16px 10px 32px; } figure { padding: 10px; }
          .picture svg, .picture img { width: auto; min-width: 520px; } .wide svg, .wide img { min-width: 760px; } }
        @media print { :root, body { color-scheme: light !important; --ink: #000 !important; --soft: #444 !important; --line: #bbb !important;
            --page: #fff !important; --card: #fff !important; --accent: #000 !important; }
          html:root body { max-width: none; padding: 0; font-size: 11px; } .note, footer, small, figcaption, th { font-size: 10px; }
          .trial { break-before: page; margin-top: 0; border-top: 0; } h2 { break-after: avoid; margin-top: 18px; } tr { break-inside: avoid; }
          .scroll, .picture { overflow: visible; } .scroll th, .scroll td { padding: 3px 4px; } .scroll td:not(.number) { white-space: normal; }
          html .scroll td { font-size: 10px; }
          .scroll .bars { max-width: 60px; } td.wraps { min-width: 0; } .figures { grid-template-columns: 1fr 1fr; } }
        """;
}
