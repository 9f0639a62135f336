using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The activations of a trained softsign network gather around its knees, those of tanh at its limits or at 0 [Glorot2010, section 3.3, fig.
/// 4].</summary>
internal sealed class SoftsignKnees() : Claim(
    "softsign-knees", "Softsign activations end around the knees, ±0.6 to 0.8",
    "Section 3.3: tanh “yields modes of the activations distribution mostly at the extremes (asymptotes -1 and 1) or around 0, the softsign network has modes "
    + "of activations around its knees”; figure 4: “around (-0.6,-0.8) and (0.6,0.8)”.",
    "paper/shapeset")
{
    // Histograms have 100 bins of 0.02; five joined bins reduce the noise enough.
    private const int Joined = 5;

    // The paper's range of the modes, one joined bin wider at each end because its figure is read by eye.
    private const double LowKnee = 0.5, HighKnee = 0.9;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var softsign = runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5));
        var tanh = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        if (!softsign.HasLearned())
            return softsign.OnPlateau();
        var modes = Modes(softsign);
        if (modes.Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "No histograms of softsign activations were recorded at the end yet.");
        var atKnees = modes.Count(mode => mode is > LowKnee and < HighKnee);
        var agreement = 2 * atKnees > modes.Count ? Agreement.Agrees : atKnees > 0 ? Agreement.AgreesInOrder : softsign.Unseen();
        var tanhModes = Modes(tanh);
        return new(agreement,
            $"After {softsign.Updates():N0} updates {atKnees} of {modes.Count} softsign layers have the mode of |activation| between {LowKnee} and "
            + $"{HighKnee}; the modes are {Readings.Row(modes)}, layer 1 first."
            + (agreement == Agreement.NotAtThisScale ? " The paper trained for 5 million updates (--scale full)." : ""),
            [
                new("modes of |activation| at the end, softsign, layer 1 first", "0.6 to 0.8", Readings.Row(modes)),
                new("the same, tanh", "near 1 or 0", tanhModes.Count == 0 ? "–" : Readings.Row(tanhModes)),
            ],
            [.. new[] { tanh, softsign }.Where(model => model.Trials.Count > 0)
                .Select(model => new LayerHistograms(Quantity.Activation).Draw(model.Trials[0]))]);
    }

    /// <summary>Returns the mode of |activation| in the last histogram of each hidden layer, layer 1 first; both signs and all seeds are added up.</summary>
    internal static IReadOnlyList<double> Modes(ModelTrials model)
    {
        var last = model.Trials.SelectMany(trial => trial.Histograms.Where(row => row.Quantity == Quantity.Activation && row.Layer <= model.Depth
            && row.Update > 0)
            .GroupBy(row => row.Layer).Select(rows => rows.MaxBy(row => row.Update)!));
        return [.. last.GroupBy(row => row.Layer).OrderBy(rows => rows.Key).Select(Mode)];
    }

    private static double Mode(IEnumerable<LayerHistogram> rows)
    {
        var bins = rows.SelectMany(row => row.Counts.Select((count, k) => (Size: Math.Abs(row.Low + (k + 0.5) * (row.High - row.Low) / row.Counts.Length),
            Count: count)))
            .OrderBy(bin => bin.Size).ToList();
        var width = 1.0 / (bins.Count(bin => bin.Size < 1) / rows.Count() / 2) * Joined;
        return bins.GroupBy(bin => (int)(bin.Size / width)).Select(group => (Middle: (group.Key + 0.5) * width, Count: group.Sum(bin => bin.Count)))
            .MaxBy(group => group.Count).Middle;
    }
}
