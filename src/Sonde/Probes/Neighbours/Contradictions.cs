namespace Sonde.Probes.Neighbours;

/// <summary>Counts labels that contradict their neighbourhood: nearly all of the nearest examples have one label, and the example has another.</summary>
/// <remarks>In a place where neighbours agree by a share v, the example's own label is one more draw from the same place, so it differs with the share 1 - v
/// at a border of classes. Labels that are wrong wherever they are differ more often: their neighbours agree by chance alone.</remarks>
internal sealed class Contradictions
{
    private const int Neighbours = 10, Agreeing = 8;

    // Among neighbours drawn blindly, eight of ten have a label that is commoner than this often enough; then agreeing says nothing.
    private const double Commonest = 0.6;

    /// <summary>Counts them.</summary>
    /// <param name="inputs">[examples, columns], row major, finite.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="columns">Values per example.</param>
    /// <param name="classes">How many classes there are.</param>
    public Contradictions(float[] inputs, int[] labels, int columns, int classes)
    {
        var examples = labels.Length;
        var products = ExampleProducts.Of(inputs, examples, columns);
        var (distances, order, votes) = (new double[examples], new int[examples], new int[classes]);
        var shares = Enumerable.Range(0, classes).Select(label => labels.Count(one => one == label) / (double)examples).ToArray();
        var (contradicted, dissent) = (new List<float>(), new List<float>());
        for (var n = 0; n < examples; n++)
        {
            for (var m = 0; m < examples; m++)
                (distances[m], order[m]) = (m == n ? double.PositiveInfinity : products[m * examples + m] - 2 * products[n * examples + m], m);
            Array.Sort(distances, order);
            Array.Clear(votes);
            foreach (var near in order.AsSpan(0, Math.Min(Neighbours, examples - 1)))
                votes[labels[near]]++;
            var agreed = Array.IndexOf(votes, votes.Max());
            var most = votes[agreed];
            if (most < Agreeing || shares[agreed] > Commonest)
                continue;
            contradicted.Add(labels[n] == agreed ? 0 : 1);
            dissent.Add(1 - most / (float)Neighbours);
        }
        (Contradicted, Dissent) = ([.. contradicted], [.. dissent]);
    }

    /// <summary>For each example whose neighbours agree: 1 if its label is another, else 0.</summary>
    public float[] Contradicted { get; }

    /// <summary>For each of them, the share of its neighbours that do not agree with the others.</summary>
    public float[] Dissent { get; }
}
