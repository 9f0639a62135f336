using Sonde.Records.Tables;

namespace Sonde.Figures.Pages.Documents;

/// <summary>What a network answered on its test examples at the end: how often each class was taken for each other one, and pictures of examples that it got
/// wrong.</summary>
internal static class AnswersDocument
{
    // As many as fit into one view; each pair of classes has its own.
    private const int MostPairs = 1000, MostOfAPair = 6, MostPictures = 240, MostBytes = 2_000_000;

    /// <summary>Returns the document.</summary>
    /// <param name="answers">The answers in the order of the test examples.</param>
    /// <param name="examples">The examples; null if there are none here.</param>
    /// <param name="problem">Why not; else null.</param>
    /// <param name="mostOfAPair">The most pictures of one class taken for one other.</param>
    /// <param name="mostPictures">The most pictures.</param>
    public static byte[] ToBytes(
        IReadOnlyList<Prediction> answers, TestExamples? examples, string? problem, int mostOfAPair = MostOfAPair, int mostPictures = MostPictures)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return DocumentWriter.ToBytes(document =>
        {
            document.Whole("examples", answers.Count);
            document.Whole("wrong", answers.Count(answer => answer.Label != answer.Predicted));
            document.Texts("classes", examples?.Classes ?? []);
            document.Objects("confusions", answers.CountBy(answer => answer).OrderBy(pair => (pair.Key.Label, pair.Key.Predicted)).Take(MostPairs), pair =>
            {
                document.Whole("label", pair.Key.Label);
                document.Whole("predicted", pair.Key.Predicted);
                document.Whole("count", pair.Value);
            });
            document.Text("noPictures", problem);
            var shown = Choose(answers, mostOfAPair, examples is null ? mostPictures : Math.Min(mostPictures, MostBytes / examples.Shape.Inputs));
            document.Objects("shown", shown, index =>
            {
                document.Whole("index", index);
                document.Whole("label", answers[index].Label);
                document.Whole("predicted", answers[index].Predicted);
                if (examples is not null)
                {
                    document.Wholes("shape", [examples.Shape.Channels, examples.Shape.Height, examples.Shape.Width]);
                    document.Bytes("pixels", examples.PixelsOf(index));
                }
            });
        });
    }

    // The first wrong ones, but no pair of classes takes the place of the others.
    private static List<int> Choose(IReadOnlyList<Prediction> answers, int mostOfAPair, int most)
    {
        var (chosen, counts) = (new List<int>(), new Dictionary<Prediction, int>());
        for (var index = 0; index < answers.Count && chosen.Count < most; index++)
        {
            var answer = answers[index];
            var count = counts.GetValueOrDefault(answer);
            if (answer.Label == answer.Predicted || count == mostOfAPair)
                continue;
            counts[answer] = count + 1;
            chosen.Add(index);
        }
        return chosen;
    }
}
