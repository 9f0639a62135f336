using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Initialization;

/// <summary>At initialization the variance of back-propagated gradients is [n Var W]^(d-i) of the top layer's for any depth d [Glorot2010, eq. 13].</summary>
internal sealed class GradientsByDepth() : Claim(
    "gradients-by-depth", "Back-propagated gradients vanish with depth as eq. 13 says",
    "Section 4.2: Var[dCost/ds^i] = [n Var W]^(d-i) times that of the top layer (eq. 13), with n Var W = 1/3 for the standard initialization (eq. 15): “the "
    + "variance of the back-propagated gradient might still vanish or explode as we consider deeper networks”.",
    "paper/depth", "paper/deep")
{
    // The equation holds in the linear regime. Tanh's slope takes some per cent off each layer.
    private const double Tolerance = 0.1;

    private static readonly double Predicted = Math.Sqrt(1 / 3.0);

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var networks = Studies.SelectMany(study => runs.Trials(study).Select(trial => trial.Setting.Hidden?.Count).OfType<int>().Distinct()
            .Where(depth => depth > 1).Select(depth => runs.TrialsOf(study, PaperModel.Tanh.WithDepth(depth))))
            .Select(model => (Model: model, Factors: GradientsShrink.PerLayer(model))).Where(of => of.Factors.Count > 0).OrderBy(of => of.Model.Depth).ToList();
        if (networks.Count < 2)
            return ItemResult.NotRun("Back-propagated gradients of tanh at two depths or more have not been recorded yet.");
        var judgement = new Judgement();
        foreach (var (model, factors) in networks)
        {
            var ratio = ModelProgress.BottomOverTop(model.Profile(Quantity.BackpropagatedGradient, row => row.Sd, 0));
            judgement.Number($"factor from a layer to the one below, {model.Depth} layers", Predicted, factors, Tolerance * Predicted, format: "0.000")
                .Note($"sd in layer 1 over that in layer {model.Depth}", $"{Math.Pow(Predicted, model.Depth - 1):0.0E+00}", $"{ratio:0.0E+00}");
        }
        return judgement.Result("From one layer to the one below, the standard deviation changes by a factor of "
            + $"{Readings.Row(networks.Select(of => of.Factors.Average()))} with {string.Join(", ", networks.Select(of => of.Model.Depth))} layers (eq. 13: "
            + $"{Predicted:0.00}).");
    }
}
