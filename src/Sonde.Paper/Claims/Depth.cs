using Sonde.Paper.Figures;
using Sonde.Studies;

namespace Sonde.Paper.Claims;

/// <summary>The best of one to five hidden layers is five, but four for sigmoid [Glorot2010, section 2.3]; and, beyond the paper, up to fifty layers.</summary>
public sealed class Depth() : Claim(
    "depth", "Five hidden layers are best, four for sigmoid",
    "Section 2.3: “the best depth was always five for Shapeset-3 × 2, except for the sigmoid, for which it was four.” Depths of ten and more are beyond the "
    + "paper.",
    "paper/depth", "paper/deep")
{
    private const int PaperDepth = 5, PaperSigmoidDepth = 4;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        PaperModel[] models = [PaperModel.Softsign, PaperModel.Tanh, PaperModel.TanhN, PaperModel.Sigmoid];
        var tried = models.Select(model => (Model: model, Tried: Depths(runs, "paper/depth", model))).Where(model => model.Tried.Count > 1).ToList();
        // A model at chance at every depth has no best one; a paper's depth that was not run cannot be the best.
        var judged = tried.Where(model => model.Tried.Any(trials => trials.HasLearned()) && model.Tried.Any(trials => trials.Depth() == Expected(model.Model))).ToList();
        var readings = tried.Select(model => new Reading($"test error by depth, {model.Model.Label}, %", $"best at {Expected(model.Model)}",
            ByDepth(model.Tried))).ToList();
        var deep = Deep(runs, readings);
        var updates = tried.SelectMany(model => model.Tried).Select(trials => trials.Updates()).DefaultIfEmpty().Min();
        if (judged.Count == 0)
            return new(Agreement.NotAtThisScale, $"No model has left chance at several depths after {updates:N0} updates.{deep}", readings, []);
        var best = judged.ConvertAll(model => (model.Model, Depth: model.Tried.MinBy(Validation)!.Depth()));
        var areAll = best.TrueForAll(model => model.Depth == Expected(model.Model));
        // Short runs favour shallow networks: that depth helps at all is then the order.
        var helps = best.Exists(model => model.Depth > 1);
        var agreement = areAll ? Agreement.Agrees : updates >= ModelProgress.PaperUpdates ? (helps ? Agreement.AgreesInOrder : Agreement.Differs)
            : Agreement.NotAtThisScale;
        return new(agreement,
            $"After {updates:N0} updates the best depth is "
            + string.Join(", ", best.Select(model => $"{model.Depth} for {model.Model.Label}"))
            + (agreement == Agreement.NotAtThisScale
                ? "; short runs favour shallow networks, the paper chose after 5 million updates (--scale full)." : ".") + deep,
            readings, []);
    }

    private static int Expected(PaperModel model) => model == PaperModel.Sigmoid ? PaperSigmoidDepth : PaperDepth;

    /// <summary>One trials for each depth that has been evaluated, the shallowest first.</summary>
    private static IReadOnlyList<ModelTrials> Depths(PaperRuns runs, string study, PaperModel model) =>
        [.. runs.Trials(study).Select(trial => trial.Setting.TextOf(SettingField.Hidden)).OfType<string>().Distinct()
            .Select(hidden => runs.TrialsOf(study, model, ("network.hidden", hidden))).Where(trials => trials.LastErrors().Count > 0).OrderBy(trials => trials.Depth())];

    private static double Validation(ModelTrials trials) => trials.LastErrors("validation") is { Count: > 0 } errors ? errors.Average() : trials.Errors().Mean;

    private static string ByDepth(IReadOnlyList<ModelTrials> depths) => string.Join("; ", depths.Select(trials => $"{trials.Depth()}: {Readings.Text(trials.LastErrors())}"));

    /// <summary>Adds what the deep networks did and says it in a sentence; empty where there is nothing.</summary>
    private static string Deep(PaperRuns runs, List<Reading> readings)
    {
        var text = "";
        foreach (var model in new[] { PaperModel.Tanh, PaperModel.TanhN })
        {
            var depths = Depths(runs, "paper/deep", model);
            if (depths.Count == 0)
                continue;
            readings.Add(new($"test error by depth, {model.Label}, %", "–", ByDepth(depths)));
            var deepest = depths.LastOrDefault(trials => trials.HasLearned());
            text += deepest is null ? $" {model.Label} learns at none of {string.Join(", ", depths.Select(trials => trials.Depth()))} layers within "
                + $"{depths.Min(trials => trials.Updates()):N0} updates."
                : $" {model.Label} learns with up to {deepest.Depth()} layers within {deepest.Updates():N0} updates.";
        }
        return text;
    }
}
