using System.Text.Json.Nodes;
using Sonde.Analysis.Grids;
using Sonde.Cli.Shell;

namespace Sonde.Cli.Trials;

/// <summary>A study seen as a grid, as JSON.</summary>
internal static class GridJson
{
    /// <summary>Returns the object <c>summary</c> of <c>run</c>, <c>status</c> and <c>compare</c>.</summary>
    public static JsonObject Of(GridSummary grid) => new()
    {
        ["verdict"] = grid.Verdict,
        ["best"] = grid.Best?.Id,
        ["seedSd"] = Terminal.Number(grid.SeedSd),
        ["factors"] = new JsonArray([.. grid.Factors.Select(Factor)]),
        ["errorOver"] = new JsonArray([.. grid.Curves.Select(Curve)]),
    };

    private static JsonObject Factor(Factor factor) => new()
    {
        ["setting"] = factor.Name, ["spread"] = factor.Groups > 0 ? Terminal.Number(factor.Spread) : null, ["comparisons"] = factor.Groups,
        ["values"] = new JsonArray([.. factor.Levels.Select(level => new JsonObject
        {
            ["value"] = level.Value, ["trials"] = level.Trials, ["withoutResult"] = level.Unfinished,
            ["meanTestError"] = Terminal.Number(level.MeanError), ["effect"] = Terminal.Number(level.Effect),
        })]),
    };

    private static JsonObject Curve(ErrorsOverFactor curve) => new()
    {
        ["setting"] = curve.Factor.Name,
        ["lines"] = new JsonArray([.. curve.Lines.Select(line => new JsonObject
        {
            ["others"] = line.Label,
            ["points"] = new JsonArray([.. line.Points.Select(point => new JsonObject
            {
                ["value"] = Terminal.Number(point.Value), ["testError"] = Terminal.Number(point.Error), ["seeds"] = point.Seeds,
                ["withoutResult"] = point.Unfinished,
            })]),
        })]),
    };
}
