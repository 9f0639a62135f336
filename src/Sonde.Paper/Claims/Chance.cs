namespace Sonde.Paper.Claims;

/// <summary>The depth-five sigmoid network stays at chance [Glorot2010, section 3.1, table 1].</summary>
internal sealed class Chance() : Claim(
    "chance", "A sigmoid network of depth five stays at chance",
    "Section 3.1: “the depth-five model never escaped this regime during training”; its test error on Shapeset is 82.61 % (table 1).",
    "paper/shapeset")
{
    /// <summary>Test error of the best constant guess on Shapeset, in per cent: single objects are the most frequent classes, 1 image in 6 each.</summary>
    internal const double ChanceError = 100 * 5 / 6.0;

    // A network at chance answers with a frequent class of its last examples, so its error may differ a little from that of chance.
    internal const double Tolerance = 2.5;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(5));
        var errors = model.LastErrors();
        if (errors.Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "The depth-five sigmoid network has not been evaluated yet.");
        var isAtChance = errors.All(error => error > ChanceError - Tolerance);
        return new(isAtChance ? Agreement.Agrees : Agreement.Differs,
            $"After {model.Updates():N0} updates its test error is {Readings.Text(errors)} %; chance is {ChanceError:0.0} %.",
            [new("test error of sigmoid, five hidden layers, %", "82.61", Readings.Text(errors, "0.00")), new("chance, %", "–", $"{ChanceError:0.00}")], []);
    }
}
