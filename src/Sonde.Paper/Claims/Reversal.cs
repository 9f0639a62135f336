using Sonde.Figures.Trials;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>Under the standard initialization back-propagated gradients, at first smaller in lower layers, become larger there once the network learns
/// [Glorot2010, section 4.3].</summary>
public sealed class Reversal() : Claim(
    "reversal", "The trend of back-propagated gradients is reversed during learning",
    "Section 4.3: after the standard initialization “the variance of the back-propagated gradients gets smaller as it is propagated downwards. However we "
    + "find that this trend is reversed very quickly during learning.”",
    "paper/shapeset", "paper/mnist")
{
    // On the plateau the ratio alone can double while all gradients fall (seen at the learning rate 0.1); where it has become threefold, learning did it.
    private const double Weakens = 3;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var tanh = runs.TrialsOf("paper/shapeset", PaperModel.Tanh, ("network.hidden", "1000x5"));
        // The paper's figures are of tanh on Shapeset, which is slow to leave the plateau. Tanh on MNIST, then softsign, which has the same initialization,
        // speak where it cannot yet.
        var model = new[]
        {
            tanh, runs.TrialsOf("paper/mnist", PaperModel.Tanh) with { Label = "tanh on MNIST" },
            runs.TrialsOf("paper/shapeset", PaperModel.Softsign, ("network.hidden", "1000x5")),
        }.FirstOrDefault(model => model.HasLearned());
        if (model is null)
            return tanh.OnPlateau();
        double Ratio(long update) => RatioAt(model, update);
        var looks = model.RecordedUpdates();
        var reversed = looks.FirstOrDefault(update => Ratio(update) > 1, -1);
        var (start, largest) = (Ratio(looks[0]), looks.MaxBy(Ratio));
        var aside = model == tanh ? "" : $" Tanh on Shapeset has not begun to learn after {tanh.Updates():N0} updates; this is {model.Label}.";
        Reading reading = new($"sd of dCost/ds in layer 1 over that in layer {model.Depth()}, {model.Label}: at the start, at its largest, at the end",
            "below 1, then above 1",
            Readings.Row([start, Ratio(largest), Ratio(looks[^1])]));
        return new(reversed >= 0 && start < 1 ? Agreement.Agrees : Ratio(largest) >= Weakens * start && start < 1 ? Agreement.AgreesInOrder : Agreement.Differs,
            $"The standard deviation of back-propagated gradients in layer 1 is {start:0.00} times that in layer {model.Depth()} at the start and "
            + (reversed >= 0 ? $"exceeds it from update {reversed:N0} on"
            : $"{Ratio(largest):0.00} times at most, at update {largest:N0} of {model.Updates():N0}: the trend weakens, it is not reversed") + $".{aside}",
            [reading],
            [
                new BackpropagatedGradients().Draw([tanh, runs.TrialsOf("paper/shapeset", PaperModel.TanhN, ("network.hidden", "1000x5"))]),
                new GradientSd(Quantity.BackpropagatedGradient).Draw(model.Trials[0]),
            ]);
    }

    /// <summary>The sd of back-propagated gradients in layer 1 over that in the top layer.</summary>
    internal static double RatioAt(ModelTrials model, long update) => ModelProgress.BottomOverTop(model.Profile(Quantity.BackpropagatedGradient, row => row.Sd, update));
}
