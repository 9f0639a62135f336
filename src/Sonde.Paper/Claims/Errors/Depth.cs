using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Of one to five hidden layers, five are best, but four for sigmoid [Glorot2010, section 2.3]. Beyond the paper: up to fifty layers.</summary>
internal sealed class Depth() : Claim(
    "depth", "Five hidden layers are best, four for sigmoid",
    "Section 2.3: “the best depth was always five for Shapeset-3 × 2, except for the sigmoid, for which it was four.” Depths of ten and more are beyond the "
    + "paper.",
    "paper/depth", "paper/deep")
{
    // A network that has been trained for less has had no chance to learn: gradients at initialization are recorded with one update.
    private const long Fewest = 1000;

    private const int PaperDepth = 5, PaperSigmoidDepth = 4;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        PaperModel[] models = [PaperModel.Softsign, PaperModel.Tanh, PaperModel.TanhN, PaperModel.Sigmoid];
        var tried = models.Select(model => (Model: model, Tried: Depths(runs, "paper/depth", model))).Where(model => model.Tried.Count > 1).ToList();
        // A model at chance at every depth has no best depth. The paper's depth must have been run to be found the best.
        var decided = tried.Where(model => model.Tried.Any(trials => trials.HasLearned())
            && model.Tried.Any(trials => trials.Depth == Expected(model.Model))).ToList();
        var updates = tried.SelectMany(model => model.Tried).Select(trials => trials.Updates()).DefaultIfEmpty().Min();
        var judgement = new Judgement();
        foreach (var (model, depths) in decided)
        {
            var best = depths.MinBy(Validation)!;
            var own = depths.First(trials => trials.Depth == Expected(model));
            var rival = depths.Where(trials => trials != own).MinBy(Validation)!;
            var (behind, noise) = (own.Errors().Mean - rival.Errors().Mean, ModelProgress.ErrorNoise(own, rival));
            // Short runs favour shallow networks, so they do not count against the paper's depth. A draw counts for nothing.
            judgement.Order($"best depth of {model.Label}, by validation error", $"{Expected(model)}", $"{best.Depth}",
                behind < -noise ? true : behind <= noise || updates < PaperCurves.FigureUpdates ? null : false,
                $"the paper's depth is {Math.Abs(behind):0.0} points {(behind > 0 ? "behind" : "ahead of")} depth {rival.Depth}, {noise:0.0} may be luck");
        }
        foreach (var (model, _) in decided.Count == 0 ? [] : tried.Except(decided))
            judgement.Order($"best depth of {model.Label}, by validation error", $"{Expected(model)}", "at chance, or not tried at this depth", null);
        foreach (var model in decided.Count == 0 ? [] : models.Except(tried.Select(of => of.Model)))
            judgement.NotRun($"best depth of {model.Label}, by validation error");
        foreach (var model in tried)
            judgement.Note($"test error by depth, {model.Model.Label}, %", $"best at {Expected(model.Model)}", ByDepth(model.Tried));
        var deep = Deep(runs, judgement);
        if (decided.Count == 0)
            return tried.Count == 0 && deep.Length == 0 ? ItemResult.NotRun("No model has been trained at several depths.")
                : judgement.Result($"No model has left chance at several depths after {updates:N0} "
                    + $"updates.{deep}") with
                { Agreement = Agreement.NotReachedYet };
        return judgement.Result($"After {updates:N0} updates the best depth is "
            + string.Join(", ", decided.Select(model => $"{model.Tried.MinBy(Validation)!.Depth} for {model.Model.Label}"))
            + (updates < PaperCurves.FigureUpdates ? ". Short runs favour shallow networks." : ".") + deep);
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
    private static string Deep(PaperRuns runs, Judgement judgement)
    {
        var text = "";
        foreach (var model in new[] { PaperModel.Tanh, PaperModel.TanhN })
        {
            IReadOnlyList<ModelTrials> depths = [.. Depths(runs, "paper/deep", model).Where(trials => trials.Updates() >= Fewest)];
            if (depths.Count == 0)
                continue;
            judgement.Note($"test error by depth, {model.Label}, %", "–", ByDepth(depths));
            var deepest = depths.LastOrDefault(trials => trials.HasLearned());
            text += deepest is null ? $" {model.Label} does not learn with any of {string.Join(", ", depths.Select(trials => trials.Depth))} layers within "
                + $"{depths.Min(trials => trials.Updates()):N0} updates."
                : $" {model.Label} learns with up to {deepest.Depth} layers within {deepest.Updates():N0} updates.";
        }
        return text;
    }
}
