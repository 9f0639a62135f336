using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The output layer relies on its bias b first, and Wh is pushed towards 0 [Glorot2010, section 3.1].</summary>
public sealed class BiasFirst() : Claim(
    "bias-first", "The output's bias is learnt first, and Wh is pushed to 0",
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
            runs.TrialsOf("paper/early", PaperModel.Sigmoid, ("network.hidden", "1000x4")),
            runs.TrialsOf("paper/early", PaperModel.Tanh),
            runs.TrialsOf("paper/early", PaperModel.Softsign),
        ];
        var courses = models.Select(Course.Find).ToList();
        if (courses[0] is not { } sigmoid)
            return ItemResult.Without(Agreement.NotAtThisScale,
                "The sigmoid network's output bias and Wh (the quantities bias and weightedInput) have not been recorded yet.");
        var leads = sigmoid.Leads > 0.5;
        var isPushed = sigmoid.LastWeighted < sigmoid.LargestWeighted / 2;
        return new(leads && isPushed ? Agreement.Agrees : leads ? Agreement.AgreesInOrder : Agreement.Differs,
            $"In the sigmoid network the standard deviation of b is larger than that of Wh at {sigmoid.Leads:P0} of the looks in {sigmoid.LastUpdate:N0} "
            + $"updates; that of Wh goes from {sigmoid.FirstWeighted:0.00} over {sigmoid.LargestWeighted:0.00} to {sigmoid.LastWeighted:0.00}, b reaches "
            + $"{sigmoid.LastBias:0.00}."
            + (leads ? "" : " Its activations start near 0.5 for every image, so Wh can be a bias too, and a thousand weights make it the faster one.")
            + string.Concat(models.Zip(courses).Skip(1).Where(pair => pair.Second is not null).Select(pair =>
                 $" {pair.First.Label}: b is ahead at {pair.Second!.Leads:P0} of the looks.")),
            [.. models.Zip(courses).Where(pair => pair.Second is not null).SelectMany(pair => new Reading[]
            {
                new($"share of looks at which b is ahead of Wh, {pair.First.Label}", "at first", $"{pair.Second!.Leads:P0}"),
                new($"sd of Wh at the start, at its largest, at the end, {pair.First.Label}", "pushed towards 0",
                    Readings.Row([pair.Second.FirstWeighted, pair.Second.LargestWeighted, pair.Second.LastWeighted])),
                new($"sd of b over the classes at the end, {pair.First.Label}", "0.45 (log of the class frequencies)", $"{pair.Second.LastBias:0.00}"),
            })], []);
    }

    /// <summary>How b and Wh went.</summary>
    /// <param name="Leads">Share of the looks after the start at which the sd of b is the larger one.</param>
    /// <param name="LastUpdate">The last look.</param>
    /// <param name="LastBias">Sd of b at the last look.</param>
    /// <param name="FirstWeighted">Sd of Wh at the start.</param>
    /// <param name="LargestWeighted">The largest one.</param>
    /// <param name="LastWeighted">That at the last look.</param>
    private sealed record Course(double Leads, long LastUpdate, double LastBias, double FirstWeighted, double LargestWeighted, double LastWeighted)
    {
        /// <summary>Null where b and Wh were not looked at during training.</summary>
        public static Course? Find(ModelTrials model)
        {
            var output = model.Depth() + 1;
            var looks = model.RecordedUpdates()
                .Select(update => (Update: update, Bias: Sd(model, Quantity.Bias, output, update), Weighted: Sd(model, Quantity.WeightedInput, output, update)))
                .Where(look => double.IsFinite(look.Bias) && double.IsFinite(look.Weighted)).ToList();
            if (looks is not [var first, .., var last])
                return null;
            var later = looks.Skip(1).ToList();
            return new(later.Count(look => look.Bias > look.Weighted) / (double)later.Count, last.Update, last.Bias, first.Weighted,
                looks.Max(look => look.Weighted), last.Weighted);
        }

        private static double Sd(ModelTrials model, string quantity, int layer, long update) => model.At(quantity, layer, row => row.Sd, update);
    }
}
