using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Numerics.Random;
using Sonde.Probes;

namespace Sonde.Tests.Probes;

public sealed class DataRowsTests
{
    [Fact]
    public void InputsThatTellTheClass_AreKnownToDoSo()
    {
        var rows = Rows(Cloud((label, k, noise) => noise + (k == 0 ? 6 * label : 0)));
        Assert.Equal(0, rows[Quantity.LinearError].Mean, 1e-9);
        Assert.InRange(rows[Quantity.NeighbourError].Mean, 0, 5);
        Assert.InRange(rows[Quantity.ConstantError].Mean, 40, 50);
    }

    [Fact]
    public void InputsThatTellNothing_AreNoBetterThanAGuess()
    {
        var rows = Rows(Cloud((_, _, noise) => noise));
        Assert.InRange(rows[Quantity.LinearError].Mean, 38, 62);
        Assert.InRange(rows[Quantity.NeighbourError].Mean, 38, 62);
    }

    [Fact]
    public void ClassesInRings_AreKnownByNeighboursAlone()
    {
        var rows = Rows(Cloud((label, _, noise) => (noise < 0 ? -1 : 1) * (label == 0 ? 1 : 2) + 0.05 * noise));
        Assert.Equal(0, rows[Quantity.NeighbourError].Mean, 1e-9);
        Assert.InRange(rows[Quantity.LinearError].Mean, 30, 70);
    }

    [Fact]
    public void ColumnsOfUnequalSpread_AreInTheSds()
    {
        var rows = Rows(Cloud((_, k, noise) => k == 0 ? 1000 + 500 * noise : k == 1 ? 3 : noise));
        Assert.Equal(1 / 3.0, rows[Quantity.InputSd].Dead!.Value, 1e-9);
        Assert.InRange(rows[Quantity.InputSd].Max, 400, 600);
        Assert.Equal(0, rows[Quantity.InputSd].Min);
        Assert.Equal(2, rows[Quantity.InputOffset].Count);
        Assert.InRange(rows[Quantity.InputOffset].Max, 1.6, 2.4);
    }

    [Fact]
    public void TestExamplesFromElsewhere_ShowAsAShift()
    {
        var (train, test) = (Examples((_, _, noise) => noise, 1), Examples((_, k, noise) => noise + (k == 0 ? 3 : 0), 2));
        var rows = Rows(new ArrayDataset("shifted", new(1, 1, 3), ["a", "b"], train, test, test));
        Assert.InRange(rows[Quantity.InputShift].Max, 2.6, 3.4);
        Assert.InRange(Rows(Cloud((_, _, noise) => noise))[Quantity.InputShift].Max, -0.4, 0.4);
    }

    [Fact]
    public void FewExamples_SayNothingOfWhatInputsTell()
    {
        var few = LabelledExamples.FromFloats(new float[] { 0, 0, 0, 1, 1, 1 }, new byte[] { 0, 1 });
        var rows = Rows(new ArrayDataset("few", new(1, 1, 3), ["a", "b"], few, few, few));
        Assert.DoesNotContain(Quantity.NeighbourError, rows.Keys);
        Assert.Equal(0.5, rows[Quantity.TrainClassShare].Max);
        Assert.Equal(0, rows[Quantity.ClassShift].Max);
    }

    private static Dictionary<string, LayerStatistics> Rows(Dataset data) => DataRows.Measure(data, 1).ToDictionary(row => row.Quantity);

    private static ArrayDataset Cloud(Func<int, int, double, double> value) =>
        new("cloud", new(1, 1, 3), ["a", "b"], Examples(value, 1), Examples(value, 2), Examples(value, 3));

    private static LabelledExamples Examples(Func<int, int, double, double> value, ulong seed)
    {
        var random = new RandomKey(seed, "cloud").Stream();
        var (inputs, labels) = (new float[200 * 3], new byte[200]);
        for (var n = 0; n < labels.Length; n++)
        {
            labels[n] = (byte)random.NextInt32(2);
            for (var k = 0; k < 3; k++)
                inputs[3 * n + k] = (float)value(labels[n], k, random.NextGaussian());
        }
        return LabelledExamples.FromFloats(inputs, labels);
    }
}
