using Sonde.Figures.Pages.Documents;
using Sonde.Paper.Models;
using Sonde.Studies;

namespace Sonde.Paper.Curves;

/// <summary>The paper's own test-error curves for a trial that is one of its models, which the pages draw behind the trial's.</summary>
internal static class PaperGhosts
{
    /// <summary>Finds the curves of the model that a setting describes; empty if it is none of the paper's, or has other data.</summary>
    public static IReadOnlyList<GhostCurve> GetCurves(RecordedSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var figure = setting.Data?.Name switch { "shapeset" => "11", "mnist" => "12-mnist", "cifar10" or "cifar10-jpeg" => "12-cifar10", _ => null };
        if (figure is null || setting.Hidden is not { } hidden || PaperModel.All.FirstOrDefault(model => model.IsOf(setting)) is not { } known)
            return [];
        if (setting.Pretraining is not null)
            return known == PaperModel.Tanh && hidden.Count == 5 ? Curves(figure, "pretrained", "with pre-training") : [];
        // All networks have five hidden layers; figure 11 also has the sigmoid network with four.
        var name = PaperCurves.NameOf(known);
        if (known == PaperModel.Sigmoid && figure == "11")
            return hidden.Count is 4 or 5 ? Curves(figure, $"sigmoid-{hidden.Count}", $"sigmoid, depth {hidden.Count}") : [];
        return hidden.Count == 5 ? Curves(figure, name, known.Label) : [];
    }

    private static IReadOnlyList<GhostCurve> Curves(string figure, string series, string words) => PaperCurves.Find(figure, series) is not { } curve ? []
        : [new($"{words} in the paper's figure {figure.Split('-')[0]}", [.. curve.Points.Select(point => point.Update)],
            [.. curve.Points.Select(point => point.Value)])];
}
