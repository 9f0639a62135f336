using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>Networks saturate more on Shapeset than on the other datasets [Glorot2010, section 5].</summary>
internal sealed class SaturatesMost() : Claim(
    "saturates-most", "Tanh saturates more on Shapeset than on MNIST and CIFAR-10",
    "Section 5: “on Shapeset-3 × 2, because of the task difficulty, we observe important saturations during learning, this might explain that the normalized "
    + "initialization or the softsign effects are more visible.”",
    "paper/shapeset", "paper/mnist", "paper/cifar10")
{
    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var here = runs.TrialsOf(Studies[0], PaperModel.Tanh.WithDepth(5));
        if (!here.HasLearned())
            return here.OnPlateau();
        var (judgement, sentences) = (new Judgement(), new List<string>());
        foreach (var study in Studies.Skip(1))
        {
            var other = runs.TrialsOf(study, PaperModel.Tanh);
            if (other.RecordedUpdates().Count < 2)
            {
                sentences.Add(runs.Missing.GetValueOrDefault(study) ?? $"{study} has no records yet.");
                judgement.NotRun($"largest saturated share of a layer: Shapeset, {study}");
                continue;
            }
            var update = Math.Min(other.RecordedUpdates()[^1], here.RecordedUpdates()[^1]);
            var (ours, others) = (Saturated(here, update), Saturated(other, update));
            // Before the paper's tanh saturates on Shapeset the comparison says nothing.
            judgement.Order($"largest saturated share of a layer at update {update:N0}: Shapeset, {other.Data}", "more on Shapeset",
                $"{ours:P1}, {others:P1}", update < SequentialSaturation.PaperBegins ? null
                    : ours > others ? true : Judgement.IsLongEnough(update, SequentialSaturation.PaperBegins) ? false : null);
            sentences.Add($"At update {update:N0} at most {ours:P1} of a layer's activations are saturated on Shapeset and {others:P1} on {other.Data}.");
        }
        return judgement.Result(string.Join(" ", sentences));
    }

    private static double Saturated(ModelTrials model, long update) => model.Profile(Quantity.Activation, row => row.Saturated ?? 0, update).Max();
}
