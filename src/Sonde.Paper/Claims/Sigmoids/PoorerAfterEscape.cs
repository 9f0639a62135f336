using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>The solution that a sigmoid network finds after its escape is poorer than those of symmetric activations [Glorot2010, section 3.1, fig.
/// 11].</summary>
internal sealed class PoorerAfterEscape() : Claim(
    "poorer-after-escape", "After its escape the sigmoid network has a poorer solution than tanh and softsign",
    "Section 3.1: “even after this, the network moves into a solution that is of poorer quality (also in terms of generalization) then those found with "
    + "symmetric activation functions, as can be seen in figure 11.” It ends at 35 %.",
    "paper/shapeset")
{
    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var sigmoid = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        if (!sigmoid.HasLearned())
            return sigmoid.OnPlateau();
        var judgement = new Judgement();
        var left = sigmoid.LeavesChance();
        var all = new[] { PaperModel.Tanh, PaperModel.TanhN, PaperModel.Softsign, PaperModel.SoftsignN }
            .Select(model => runs.TrialsOf("paper/shapeset", model.WithDepth(5))).ToList();
        var others = all.FindAll(model => model.LastErrors().Count > 0);
        if (others.Count == 0)
            return ItemResult.NotRun("No network with a symmetric activation has been evaluated yet.");
        foreach (var missing in all.Except(others))
            judgement.NotRun($"error of sigmoid, depth 4, minus that of {missing.Label}, points");
        foreach (var other in others)
        {
            var update = ModelProgress.CommonUpdate(sigmoid, other);
            var (gap, noise) = (sigmoid.TestErrorsAt(update).Average() - other.TestErrorsAt(update).Average(),
                ModelProgress.ErrorNoise(sigmoid, other, update));
            // Right after the escape any other network is better. The paper compares the solutions.
            var isSettled = left is { } at && update >= Judgement.EventFactor * at;
            judgement.Order($"error of sigmoid, depth 4, minus that of {other.Label} at update {update:N0}, points", "above 0", $"{gap:0.0}",
                isSettled && sigmoid.IsBelowChance(sigmoid.TestErrorsAt(update))
                    && (other.IsBelowChance(other.TestErrorsAt(update)) || other.Unseen() == false) ? ModelProgress.IsGain(gap, noise) : null,
                $"luck of the test examples {noise:0.0}");
        }
        return judgement.Result($"After {sigmoid.LastTest():N0} updates the sigmoid network of depth four has {Readings.Text(sigmoid.LastErrors())} % "
            + $"test error; "
            + $"comparisons with the others: {judgement.Counts}.");
    }
}
