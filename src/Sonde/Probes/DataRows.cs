using Sonde.Data;

namespace Sonde.Probes;

/// <summary>Measures the examples that a network is to learn from, beside those that it is tested on: rows of layer 0.</summary>
/// <remarks>On the first <see cref="Examples"/> of each stream. It takes some hundredths of a second, once per trial.</remarks>
public static class DataRows
{
    /// <summary>How many training and how many test examples are measured, at most.</summary>
    public const int Examples = 256;

    /// <summary>Below this many training examples nothing is said about whether inputs tell targets.</summary>
    public const int FewestExamples = 40;

    /// <summary>Measures a dataset.</summary>
    /// <param name="data">Its training and test examples are read.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="begin">The update count at which the trial begins.</param>
    public static IReadOnlyList<LayerStatistics> Measure(Dataset data, ulong seed, long begin = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (train, test) = (data.OpenFirst(Examples, Split.Train, seed).Read(), data.OpenFirst(Examples, Split.Test, seed).Read());
        var (inputs, others) = (new ColumnMoments(data.Inputs, train.Inputs), new ColumnMoments(data.Inputs, test.Inputs));
        var rows = new List<LayerStatistics>();
        void Add(string quantity, float[] values, double? dead = null)
        {
            if (values.Length > 0)
                rows.Add(PooledValues.Statistics(begin, InputProbe.Layer, quantity, values) with { Dead = dead });
        }

        float[] sds = [.. inputs.Sds.Select(sd => (float)sd)];
        Add(Quantity.InputSd, sds, sds.Count(sd => sd == 0) / (double)sds.Length);
        Add(Quantity.InputOffset, [.. Varying(inputs).Select(k => (float)(inputs.Means[k] / inputs.Sds[k]))]);
        Add(Quantity.InputShift, [.. Varying(inputs).Select(k => (float)((others.Means[k] - inputs.Means[k]) / Spread(inputs.Sds[k], others.Sds[k])))]);
        if (data.Targets is { } targets)
            Add(Quantity.Target, [.. train.Labels.SelectMany(label => targets.Row(label).ToArray())]);
        else
            AddClasses();
        if (train.Labels.Length >= FewestExamples && train.Inputs.All(float.IsFinite))
            AddAnswers();
        return rows;

        void AddClasses()
        {
            // Counting labels alone is cheap, so classes are those of all examples where these end.
            var (shares, ofTest) = (data.GetClassShares(Split.Train).Shares, data.GetClassShares(Split.Test).Shares);
            Add(Quantity.TrainClassShare, [.. shares.Select(share => (float)share)]);
            Add(Quantity.ClassShift, [.. shares.Zip(ofTest, (ours, theirs) => (float)(theirs - ours))]);
        }

        void AddAnswers()
        {
            var known = new KnownAnswers(train.Inputs, train.Labels, data.Inputs, data.Targets, data.Classes.Count);
            Add(Quantity.ConstantError, [(float)known.ConstantError]);
            Add(Quantity.NeighbourError, [(float)known.NeighbourError()]);
            Add(Quantity.LinearError, [(float)known.LinearError()]);
        }
    }

    private static IEnumerable<int> Varying(ColumnMoments inputs) => Enumerable.Range(0, inputs.Sds.Count).Where(k => inputs.Sds[k] > 0);

    private static double Spread(double one, double other) => Math.Sqrt((one * one + other * other) / 2);
}
