using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>The depth-five sigmoid network stays at chance, although the depth-four one does not [Glorot2010, section 3.1, table 1].</summary>
internal sealed class Chance() : Claim(
    "chance", "A sigmoid network of depth five stays at chance",
    "Section 3.1: “the depth-five model never escaped this regime during training”, while with four hidden layers “the saturation regime may be "
        + "escaped”. Its "
    + "test error on Shapeset is 82.61 % (table 1).",
    "paper/shapeset")
{
    /// <summary>Test error of the best constant guess on Shapeset, in per cent: single objects are the most frequent classes, 1 image in 6 each.</summary>
    internal const double ChanceError = 100 * 5 / 6.0;

    // A network at chance answers with a frequent class of its last examples, so its error may differ a little from that of chance.
    internal const double Tolerance = 2.5;

    private const double PaperError = 82.61;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var five = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(5));
        var four = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var errors = five.LastErrors();
        if (errors.Count == 0)
            return ItemResult.NotRun("The depth-five sigmoid network has not been evaluated yet.");
        var isAtChance = errors.All(error => error > ChanceError - Tolerance);
        // That it is at chance says something about depth five only once depth four has left it, and at the length of the paper's runs.
        var left = four.LeavesChance();
        var isLongEnough = five.Updates() >= PaperCurves.FigureUpdates || (left is { } at && five.Updates() >= Judgement.EventFactor * at);
        return new Judgement()
            .Number("test error of sigmoid, five hidden layers, %", PaperError, errors, Tolerance, "points", isOpen: isAtChance)
            .Order("depth five stays at chance while depth four leaves it", "yes", $"{Words(isAtChance)} at {five.Updates():N0}; depth four {Words(left)}",
                !isAtChance ? false : !isLongEnough ? null : left is not null ? true : four.Unseen())
            .Note("chance, %", "–", $"{ChanceError:0.00}")
            .Result($"After {five.LastTest():N0} updates the test error of depth five is {Readings.Text(errors)} %; chance is {ChanceError:0.0} %. "
                + (left is { } leaves ? $"Depth four leaves chance at update {leaves:N0}."
                    : $"Depth four has not left chance after {four.Updates():N0} updates either, so this says nothing about depth five yet."));
    }

    private static string Words(bool isAtChance) => isAtChance ? "at chance" : "left chance";

    private static string Words(long? left) => left is { } at ? $"left it at {at:N0}" : "has not left it";
}
