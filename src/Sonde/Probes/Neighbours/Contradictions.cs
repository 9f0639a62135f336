namespace Sonde.Probes.Neighbours;

/// <summary>Counts labels that contradict their neighbourhood: nearly all of the nearest examples have one label, and the example has another.</summary>
/// <remarks>In a place where neighbours agree by a share v, the example's own label is one more draw from the same place, so it differs with the share 1 - v
/// at a border of classes. Labels that are wrong wherever they are differ more often: their neighbours agree by chance alone.</remarks>
internal sealed class Contradictions
{
    // Neighbours are near each other: either is among the ten nearest of the other. With many inputs a few examples in the middle are near to all others, and
    // what these few have for labels would pass for agreement.
    private const int Nearest = 10, FewestNeighbours = 5;

    private const double Agreeing = 0.8;

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
        var near = NearestOf(ExampleProducts.Of(inputs, examples, columns), examples);
        var votes = new int[classes];
        var shares = Enumerable.Range(0, classes).Select(label => labels.Count(one => one == label) / (double)examples).ToArray();
        var (contradicted, dissent) = (new List<float>(), new List<float>());
        for (var n = 0; n < examples; n++)
        {
            int[] neighbours = [.. near[n].Where(m => near[m].Contains(n))];
            if (neighbours.Length < FewestNeighbours)
                continue;
            Array.Clear(votes);
            foreach (var m in neighbours)
                votes[labels[m]]++;
            var agreed = Array.IndexOf(votes, votes.Max());
            if (votes[agreed] < Agreeing * neighbours.Length || shares[agreed] > Commonest)
                continue;
            contradicted.Add(labels[n] == agreed ? 0 : 1);
            dissent.Add(1 - votes[agreed] / (float)neighbours.Length);
        }
        (Contradicted, Dissent) = ([.. contradicted], [.. dissent]);
    }

    private static HashSet<int>[] NearestOf(double[] products, int examples)
    {
        var (found, distances, order) = (new HashSet<int>[examples], new double[examples], new int[examples]);
        for (var n = 0; n < examples; n++)
        {
            for (var m = 0; m < examples; m++)
                (distances[m], order[m]) = (m == n ? double.PositiveInfinity : products[m * examples + m] - 2 * products[n * examples + m], m);
            Array.Sort(distances, order);
            found[n] = [.. order.AsSpan(0, Math.Min(Nearest, examples - 1))];
        }
        return found;
    }

    /// <summary>For each example whose neighbours agree: 1 if its label is another, else 0.</summary>
    public float[] Contradicted { get; }

    /// <summary>For each of them, the share of its neighbours that do not agree with the others.</summary>
    public float[] Dissent { get; }
}
