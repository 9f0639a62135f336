using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>The output layer first relies on its bias b, and Wh is pushed towards 0 [Glorot2010, section 3.1].</summary>
internal sealed class BiasFirst() : Claim(
    "bias-first", "The output bias is learned first, and Wh is pushed to 0",
    "Section 3.1, as an explanation of the collapse: “the logistic layer output softmax(b + Wh) might initially rely more on its biases b (which are learned "
    + "very quickly) than on the top hidden activations h … Thus the error gradient would tend to push Wh towards 0, which can be achieved by pushing h "
    + "towards 0.”",
    "paper/early")
{
    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ModelTrials[] models =
        [
            runs.TrialsOf("paper/early", PaperModel.Sigmoid.WithDepth(4)),
            runs.TrialsOf("paper/early", PaperModel.Tanh),
            runs.TrialsOf("paper/early", PaperModel.Softsign),
        ];
        var courses = models.Select(Course.Find).ToList();
        if (courses[0] is not { } sigmoid)
            return ItemResult.NotRun(
                "The sigmoid network's output bias and Wh (the quantities bias and weightedInput) have not been recorded yet.");
        var judgement = new Judgement()
            .Order("share of records with b larger than Wh, sigmoid", "at first, more than half", $"{sigmoid.Leads:P0}", sigmoid.Leads > 0.5)
            .Order("sd of Wh at the start, at its largest, at the end, sigmoid", "pushed towards 0",
                Readings.Row([sigmoid.FirstWeighted, sigmoid.LargestWeighted, sigmoid.LastWeighted]), sigmoid.LastWeighted < sigmoid.LargestWeighted / 2);
        foreach (var (model, course) in models.Zip(courses).Where(pair => pair.Second is not null))
        {
            if (model != models[0])
                judgement.Note($"share of records with b larger than Wh, {model.Label}", "–", $"{course!.Leads:P0}");
            judgement.Note($"sd of b over the classes at the end, {model.Label}", "0.45 (log of the class frequencies)", $"{course!.LastBias:0.00}");
        }
        return judgement.Result(
            $"In the sigmoid network the standard deviation of b is larger than that of Wh at {sigmoid.Leads:P0} of the records in {sigmoid.LastUpdate:N0} "
            + $"updates. That of Wh starts at {sigmoid.FirstWeighted:0.00}, is {sigmoid.LargestWeighted:0.00} at most and ends at "
            + $"{sigmoid.LastWeighted:0.00}; that of b ends at {sigmoid.LastBias:0.00}."
            + (sigmoid.Leads > 0.5 ? ""
                : " The activations start near 0.5 for every image, so Wh can act as a bias too; its thousand weights move faster than one bias.")
            + string.Concat(models.Zip(courses).Skip(1).Where(pair => pair.Second is not null).Select(pair =>
                 $" {pair.First.Label}: b is larger at {pair.Second!.Leads:P0} of the records.")));
    }

    /// <summary>The course of b and Wh over training.</summary>
    /// <param name="Leads">Share of the records after the start at which the sd of b is larger.</param>
    /// <param name="LastUpdate">The last recorded update.</param>
    /// <param name="LastBias">Sd of b at the last update.</param>
    /// <param name="FirstWeighted">Sd of Wh at the start.</param>
    /// <param name="LargestWeighted">The largest sd of Wh.</param>
    /// <param name="LastWeighted">Sd of Wh at the last update.</param>
    private sealed record Course(double Leads, long LastUpdate, double LastBias, double FirstWeighted, double LargestWeighted, double LastWeighted)
    {
        /// <summary>Reads the course; null if b and Wh were not recorded during training.</summary>
        public static Course? Find(ModelTrials model)
        {
            var output = model.Depth + 1;
            var recorded = model.RecordedUpdates()
                .Select(update => (Update: update, Bias: Sd(model, Quantity.Bias, output, update), Weighted: Sd(model, Quantity.WeightedInput, output, update)))
                .Where(row => double.IsFinite(row.Bias) && double.IsFinite(row.Weighted)).ToList();
            if (recorded is not [var first, .., var last])
                return null;
            var later = recorded.Skip(1).ToList();
            return new(later.Count(row => row.Bias > row.Weighted) / (double)later.Count, last.Update, last.Bias, first.Weighted,
                recorded.Max(row => row.Weighted), last.Weighted);
        }

        private static double Sd(ModelTrials model, string quantity, int layer, long update) => model.At(quantity, layer, row => row.Sd, update);
    }
}
