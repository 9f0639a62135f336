using Sonde.Data;
using Sonde.Probes.Neighbours;

namespace Sonde.Probes;

/// <summary>Measures the examples that a network is to learn from, beside those that it is tested on: rows of layer 0.</summary>
/// <remarks>On the first <see cref="Examples"/> of each stream; labels are held against those of neighbours, and examples that occur twice are counted, among
/// the first <see cref="MoreExamples"/>. It takes some hundredths of a second, once per trial.</remarks>
public static class DataRows
{
    /// <summary>How many training and how many test examples are measured, at most.</summary>
    public const int Examples = 256;

    /// <summary>How many are compared with each other, at most: neighbours are nearer among more examples.</summary>
    internal const int MoreExamples = 512;

    /// <summary>Below this many training examples nothing is said about whether inputs tell targets.</summary>
    public const int FewestExamples = 40;

    /// <summary>Measures a dataset.</summary>
    /// <param name="data">Its training and test examples are read.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="begin">The update count at which the trial begins.</param>
    public static IReadOnlyList<LayerStatistics> Measure(Dataset data, ulong seed, long begin = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (allTrain, allTest) = (data.OpenFirst(MoreExamples, Split.Train, seed).Read(), data.OpenFirst(MoreExamples, Split.Test, seed).Read());
        var (train, test) = (First(allTrain), First(allTest));
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
        {
            AddAnswers();
            AddContradictions();
        }
        Add(Quantity.RepeatedExample, RepeatedExamples.Within(allTrain.Inputs, data.Inputs));
        Add(Quantity.TestInTraining, RepeatedExamples.Of(allTest.Inputs, allTrain.Inputs, data.Inputs));
        return rows;

        (float[] Inputs, int[] Labels) First((float[] Inputs, int[] Labels) part) => part.Labels.Length <= Examples ? part
            : (part.Inputs[..(Examples * data.Inputs)], part.Labels[..Examples]);

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

        void AddContradictions()
        {
            // Numbers have no labels that could agree.
            var answers = data.Targets is null ? allTrain.Labels
                : data.Targets is { Kind: TargetKind.YesNo, Outputs: 1 } table ? [.. allTrain.Labels.Select(label => table.Row(label)[0] > 0.5 ? 1 : 0)] : null;
            if (answers is null || !allTrain.Inputs.All(float.IsFinite))
                return;
            var found = new Contradictions(allTrain.Inputs, answers, data.Inputs, Math.Max(2, data.Classes.Count));
            Add(Quantity.ContradictedLabel, found.Contradicted);
            Add(Quantity.NeighbourDissent, found.Dissent);
        }
    }

    private static IEnumerable<int> Varying(ColumnMoments inputs) => Enumerable.Range(0, inputs.Sds.Count).Where(k => inputs.Sds[k] > 0);

    private static double Spread(double one, double other) => Math.Sqrt((one * one + other * other) / 2);
}
