using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>All layers of a softsign network move together towards larger weights [Glorot2010, section 3.3].</summary>
internal sealed class SoftsignWeights() : Claim(
    "softsign-weights", "All layers of softsign move together towards larger weights",
    "Section 3.3, of softsign: “all layers move together towards larger weights.”",
    "paper/shapeset")
{
    // The layers move together if the growth of the slowest is at least a third of the fastest's.
    private const double Together = 1 / 3.0;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5));
        if (!model.HasLearned())
            return model.OnPlateau();
        var (start, end) = (model.Profile(Quantity.Weight, row => row.Sd, 0), model.Profile(Quantity.Weight, row => row.Sd));
        if (start.Any(double.IsNaN) || end.Any(double.IsNaN))
            return ItemResult.NotRun("Weights of softsign have not been recorded yet; the probes of a study record them as the quantity weight.");
        IReadOnlyList<double> growth = [.. end.Zip(start, (last, first) => last / first - 1)];
        var (halves, apart) = SoftsignTogether.Halves(model, Quantity.Weight);
        // In the paper the first, fast part of the movement takes until epoch 8.
        bool? Decided(bool isSeen) => Judgement.IsLongEnough(model.LastRecord(), SoftsignTogether.PaperBegins) ? isSeen : null;
        return new Judgement()
            .Order("growth of the sd of weights, layer 1 first", "above 0 in every layer", Readings.Row(growth), Decided(growth.All(of => of > 0)))
            .Order("updates at half of the growth, layer 1 first", "together", string.Join(", ", halves.Select(update => $"{update:N0}")),
                Decided(apart <= SoftsignTogether.Together), $"{apart:P0} of the run apart ({SoftsignTogether.Together:P0} allowed)")
            .Order("least growth over the largest", "together", $"{growth.Min() / growth.Max():0.00}", Decided(growth.Min() >= Together * growth.Max()),
                $"{Together:0.00} at least")
            .Result($"In {model.LastRecord():N0} updates the standard deviations of the weights of layers 1 to {model.Depth} grow by "
                + $"{string.Join(", ", growth.Select(of => $"{of:P0}"))}"
                + (growth.All(of => of > 0) ? $", half of it within {halves.Min():N0} to {halves.Max():N0} updates." : "."));
    }
}
