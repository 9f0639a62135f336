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
        var tried = models.Select(model => (Model: model, Arms: Arms(runs, "paper/depth", model))).Where(model => model.Arms.Count > 1).ToList();
        // A model at chance at every depth has no best one; a paper's depth that was not run cannot be the best.
        var judged = tried.Where(model => model.Arms.Any(arm => arm.HasLearned()) && model.Arms.Any(arm => arm.Depth() == Expected(model.Model))).ToList();
        var readings = tried.Select(model => new Reading($"test error by depth, {model.Model.Label}, %", $"best at {Expected(model.Model)}",
            ByDepth(model.Arms))).ToList();
        var deep = Deep(runs, readings);
        var updates = tried.SelectMany(model => model.Arms).Select(arm => arm.Updates()).DefaultIfEmpty().Min();
        if (judged.Count == 0)
            return new(Agreement.NotAtThisScale, $"No model has left chance at several depths after {updates:N0} updates.{deep}", readings, []);
        var best = judged.ConvertAll(model => (model.Model, Depth: model.Arms.MinBy(Validation)!.Depth()));
        var areAll = best.TrueForAll(model => model.Depth == Expected(model.Model));
        // Short runs favour shallow networks: that depth helps at all is then the order.
        var helps = best.Exists(model => model.Depth > 1);
        var agreement = areAll ? Agreement.Agrees : updates >= ArmProgress.PaperUpdates ? (helps ? Agreement.AgreesInOrder : Agreement.Differs)
            : Agreement.NotAtThisScale;
        return new(agreement,
            $"After {updates:N0} updates the best depth is "
            + string.Join(", ", best.Select(model => $"{model.Depth} for {model.Model.Label}"))
            + (agreement == Agreement.NotAtThisScale
                ? "; short runs favour shallow networks, the paper chose after 5 million updates (--scale full)." : ".") + deep,
            readings, []);
    }

    private static int Expected(PaperModel model) => model == PaperModel.Sigmoid ? PaperSigmoidDepth : PaperDepth;

    /// <summary>One arm for each depth that has been evaluated, the shallowest first.</summary>
    private static IReadOnlyList<Arm> Arms(PaperRuns runs, string study, PaperModel model) =>
        [.. runs.Trials(study).Select(trial => trial.Setting.TextOf(SettingField.Hidden)).OfType<string>().Distinct()
            .Select(hidden => runs.Arm(study, model, ("network.hidden", hidden))).Where(arm => arm.LastErrors().Count > 0).OrderBy(arm => arm.Depth())];

    private static double Validation(Arm arm) => arm.LastErrors("validation") is { Count: > 0 } errors ? errors.Average() : arm.Errors().Mean;

    private static string ByDepth(IReadOnlyList<Arm> arms) => string.Join("; ", arms.Select(arm => $"{arm.Depth()}: {Readings.Text(arm.LastErrors())}"));

    /// <summary>Adds what the deep networks did and says it in a sentence; empty where there is nothing.</summary>
    private static string Deep(PaperRuns runs, List<Reading> readings)
    {
        var text = "";
        foreach (var model in new[] { PaperModel.Tanh, PaperModel.TanhN })
        {
            var arms = Arms(runs, "paper/deep", model);
            if (arms.Count == 0)
                continue;
            readings.Add(new($"test error by depth, {model.Label}, %", "–", ByDepth(arms)));
            var deepest = arms.LastOrDefault(arm => arm.HasLearned());
            text += deepest is null ? $" {model.Label} learns at none of {string.Join(", ", arms.Select(arm => arm.Depth()))} layers within "
                + $"{arms.Min(arm => arm.Updates()):N0} updates."
                : $" {model.Label} learns with up to {deepest.Depth()} layers within {deepest.Updates():N0} updates.";
        }
        return text;
    }
}
