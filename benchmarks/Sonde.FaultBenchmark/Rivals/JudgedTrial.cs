using Sonde.Analysis.Trials;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>A trial as judges see it: the recorded tables and the setting.</summary>
internal sealed class JudgedTrial
{
    private readonly ILookup<(string Quantity, int Layer), LayerStatistics> rows;

    /// <summary>Reads what is recorded.</summary>
    public JudgedTrial(RecordedTrial trial)
    {
        (Trial, Facts) = (trial, TrialFacts.Of(trial.Manifest));
        rows = trial.Layers.OrderBy(row => row.Update).ToLookup(row => (row.Quantity, row.Layer));
    }

    /// <summary>The recorded trial.</summary>
    public RecordedTrial Trial { get; }

    /// <summary>Returns the trial as it was after some of its updates, while it still ran.</summary>
    public JudgedTrial At(long update) => new(Trial with
    {
        Manifest = Trial.Manifest with { Status = TrialStatus.Running, Updates = update, Result = null, Message = null, Divergence = null },
        Curve = [.. Trial.Curve.Where(point => point.Update <= update)],
        Layers = [.. Trial.Layers.Where(row => row.Update <= update)],
    });

    /// <summary>Its setting.</summary>
    public TrialFacts Facts { get; }

    /// <summary>The number of layers with weights; the last one is the output layer.</summary>
    public int Layers => Facts.Depth + 1;

    /// <summary>Returns the non-linearity of a hidden layer.</summary>
    public Activation? ActivationOf(int layer) => Facts.Setting.ActivationOf(layer);

    /// <summary>Returns the rows of a quantity of a layer, by update.</summary>
    public IReadOnlyList<LayerStatistics> Rows(string quantity, int layer) => [.. rows[(quantity, layer)]];

    /// <summary>Returns the second half of the rows of a quantity of a layer.</summary>
    public IReadOnlyList<LayerStatistics> SecondHalf(string quantity, int layer) => Rows(quantity, layer) is var all ? [.. all.Skip(all.Count / 2)] : [];

    /// <summary>Returns the curve of a part, by update.</summary>
    public IReadOnlyList<CurvePoint> Curve(string split) => [.. Trial.Curve.Where(point => point.Split == split).OrderBy(point => point.Update)];

    /// <summary>The number of units of a layer; of layer 0, of inputs. 0 if it is not recorded.</summary>
    public long Units(int layer) => layer > 0 ? Rows(Quantity.Bias, layer) is [var bias, ..] ? bias.Count : 0
        : Rows(Quantity.MeanInput, InputProbe.Layer) is [var input, ..] ? input.Count : 0;

    /// <summary>Returns the Euclidean norm of a layer's weight gradient in one observation.</summary>
    public double Norm(LayerStatistics gradient) => RootMeanSquare(gradient) * Math.Sqrt(Units(gradient.Layer - 1) * Units(gradient.Layer));

    /// <summary>Returns the root mean square of what a row pools.</summary>
    public static double RootMeanSquare(LayerStatistics row) => Math.Sqrt(row.Mean * row.Mean + row.Sd * row.Sd);

    /// <summary>Returns the share of values below a limit, between the row's percentiles on straight lines.</summary>
    public static double ShareBelow(LayerStatistics row, double limit)
    {
        (double Share, double Value)[] known = [(0, row.Min), (0.02, row.P2), (0.25, row.P25), (0.5, row.P50), (0.75, row.P75), (0.98, row.P98), (1, row.Max)];
        if (limit <= row.Min)
            return 0;
        for (var k = 1; k < known.Length; k++)
            if (limit <= known[k].Value)
                return known[k - 1].Share + (known[k].Share - known[k - 1].Share) * (limit - known[k - 1].Value) / (known[k].Value - known[k - 1].Value);
        return 1;
    }

    /// <summary>Returns the share of values whose size is above a limit.</summary>
    public static double ShareBeyond(LayerStatistics row, double limit) => ShareBelow(row, -limit) + 1 - ShareBelow(row, limit);
}

/// <summary>A thing that a judge said of a trial.</summary>
/// <param name="Labels">The label; several if a rival's message means several of them, any of which then counts.</param>
/// <param name="Layers">The layers it names, the output layer being the depth + 1; empty for none.</param>
internal sealed record Said(IReadOnlyList<string> Labels, params IReadOnlyList<int> Layers);

/// <summary>Something that says what is wrong with a trial.</summary>
internal interface IJudge
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Says what is wrong, the most important first; nothing, or only <c>healthy</c>, for a healthy trial.</summary>
    IReadOnlyList<Said> Judge(JudgedTrial trial);
}
