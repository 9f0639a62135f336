using Sonde.Numerics.Significance;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Analysis.Selecting;

/// <summary>How the networks of two models answer the same test examples.</summary>
/// <param name="Seeds">Pairs of networks.</param>
/// <param name="Differences">For each example: how many of the first model's networks are right, minus how many of the second's.</param>
internal sealed record PairedAnswers(int Seeds, int[] Differences)
{
    public int FirstBetter => Differences.Count(d => d > 0);

    public int SecondBetter => Differences.Count(d => d < 0);

    /// <summary>p over examples; NaN if there is none.</summary>
    public double P => Differences.Length == 0 ? double.NaN : SignFlipTest.TwoSided(Differences);

    /// <summary>Counts pairs of trials of which both have predictions.</summary>
    /// <param name="pairs">Ids.</param>
    /// <param name="predictions">Reads the predictions of a trial; empty if it has none.</param>
    /// <exception cref="RecordException">Two trials were tested on different examples.</exception>
    public static PairedAnswers Of(IEnumerable<(string First, string Second)> pairs, Func<string, IReadOnlyList<Prediction>> predictions)
    {
        (string Id, IReadOnlyList<Prediction> Answers)? reference = null;
        var (seeds, differences) = (0, Array.Empty<int>());
        foreach (var (first, second) in pairs)
        {
            var (ofFirst, ofSecond) = (predictions(first), predictions(second));
            if (ofFirst.Count == 0 || ofSecond.Count == 0)
                continue;
            reference ??= (first, ofFirst);
            CheckSame(reference.Value, (first, ofFirst));
            CheckSame(reference.Value, (second, ofSecond));
            if (seeds++ == 0)
                differences = new int[ofFirst.Count];
            for (var i = 0; i < differences.Length; i++)
                differences[i] += IsRight(ofFirst[i]) - IsRight(ofSecond[i]);
        }
        return new(seeds, differences);
    }

    private static int IsRight(Prediction prediction) => prediction.Label == prediction.Predicted ? 1 : 0;

    private static void CheckSame((string Id, IReadOnlyList<Prediction> Answers) one, (string Id, IReadOnlyList<Prediction> Answers) other)
    {
        var differing = one.Answers.Zip(other.Answers).Count(pair => pair.First.Label != pair.Second.Label);
        if (differing > 0 || one.Answers.Count != other.Answers.Count)
            throw new RecordException($"expected {one.Id} and {other.Id} to be tested on the same examples, found {one.Answers.Count} and "
                + $"{other.Answers.Count} of them, {differing} with other labels. "
                + "They have different test data, or it changed between the two: run one of them again to compare them.");
    }
}
