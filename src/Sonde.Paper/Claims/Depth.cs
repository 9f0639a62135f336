namespace Sonde.Paper.Claims;

/// <summary>Of one to five hidden layers, five are best, but four for sigmoid [Glorot2010, section 2.3]. Beyond the paper: up to fifty layers.</summary>
internal sealed class Depth() : Claim(
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
        // A model at chance at every depth has no best depth. The paper's depth must have been run to be found the best.
        var decided = tried.Where(model => model.Tried.Any(trials => trials.HasLearned())
            && model.Tried.Any(trials => trials.Depth == Expected(model.Model))).ToList();
        var readings = tried.Select(model => new Reading($"test error by depth, {model.Model.Label}, %", $"best at {Expected(model.Model)}",
            ByDepth(model.Tried))).ToList();
        var deep = Deep(runs, readings);
        var updates = tried.SelectMany(model => model.Tried).Select(trials => trials.Updates()).DefaultIfEmpty().Min();
        if (decided.Count == 0)
            return new(Agreement.NotAtThisScale, $"No model has left chance at several depths after {updates:N0} updates.{deep}", readings, []);
        var best = decided.ConvertAll(model => (model.Model, Depth: model.Tried.MinBy(Validation)!.Depth));
        var areAll = best.TrueForAll(model => model.Depth == Expected(model.Model));
        // Short runs favour shallow networks, so it counts as the paper's order that more than one layer is best.
        var helps = best.Exists(model => model.Depth > 1);
        var agreement = areAll ? Agreement.Agrees : updates >= ModelProgress.PaperUpdates ? (helps ? Agreement.AgreesInOrder : Agreement.Differs)
            : Agreement.NotAtThisScale;
        return new(agreement,
            $"After {updates:N0} updates the best depth is "
            + string.Join(", ", best.Select(model => $"{model.Depth} for {model.Model.Label}"))
            + (agreement == Agreement.NotAtThisScale
                ? ". Short runs favour shallow networks; the paper chose after 5 million updates (--scale full)." : ".") + deep,
            readings, []);
    }

    private static int Expected(PaperModel model) => model == PaperModel.Sigmoid ? PaperSigmoidDepth : PaperDepth;

    /// <summary>Reads the model at each depth that has been evaluated, the shallowest first.</summary>
    private static IReadOnlyList<ModelTrials> Depths(PaperRuns runs, string study, PaperModel model) =>
        [.. runs.Trials(study).Select(trial => trial.Setting.Hidden?.Count).OfType<int>().Distinct().Order()
            .Select(depth => runs.TrialsOf(study, model.WithDepth(depth))).Where(trials => trials.LastErrors().Count > 0)];

    private static double Validation(ModelTrials trials) => trials.LastErrors("validation") is { Count: > 0 } errors ? errors.Average() : trials.Errors().Mean;

    private static string ByDepth(IReadOnlyList<ModelTrials> depths) => string.Join("; ", depths.Select(trials => $"{trials.Depth}: "
        + $"{Readings.Text(trials.LastErrors())}"));

    /// <summary>Adds the readings of the deep networks and returns a sentence about them; empty if there are none.</summary>
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
            text += deepest is null ? $" {model.Label} does not learn with any of {string.Join(", ", depths.Select(trials => trials.Depth))} layers within "
                + $"{depths.Min(trials => trials.Updates()):N0} updates."
                : $" {model.Label} learns with up to {deepest.Depth} layers within {deepest.Updates():N0} updates.";
        }
        return text;
    }
}
