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

    [Fact]
    public void LabelsOfClassesThatAreFarApart_ContradictTheirNeighboursIfTheyAreWrong()
    {
        var right = Rows(Cloud((label, k, noise) => noise + 8 * label));
        Assert.Equal((0, 0), (right[Quantity.ContradictedLabel].Mean, right[Quantity.NeighbourDissent].Mean));
        // A fifth of the labels are turned over, wherever they are.
        var wrong = Rows(Cloud((label, k, noise) => noise + 8 * label, (label, n) => n % 5 == 0 ? 1 - label : label));
        Assert.InRange(wrong[Quantity.ContradictedLabel].Mean, 0.15, 0.25);
        Assert.InRange(wrong[Quantity.NeighbourDissent].Mean, 0.05, 0.2);
    }

    [Fact]
    public void ClassesThatOverlap_ContradictNoMoreThanNeighboursDiffer()
    {
        var rows = Rows(Cloud((label, k, noise) => noise + (k == 0 ? 2.5 * label : 0)));
        Assert.InRange(rows[Quantity.ContradictedLabel].Mean, 0, 1.5 * rows[Quantity.NeighbourDissent].Mean);
    }

    [Fact]
    public void ALabelThatMostExamplesHave_IsNoAgreement()
    {
        var rows = Rows(Cloud((_, _, noise) => noise, (label, n) => n % 10 == 0 ? 1 : 0));
        Assert.DoesNotContain(Quantity.ContradictedLabel, rows.Keys);
    }

    [Fact]
    public void EqualExamples_AreCountedInOnePartAndBetweenParts()
    {
        var (train, test) = (Examples((_, _, noise) => noise, 1), Examples((_, _, noise) => noise, 2));
        Assert.Equal((0, 0), (Rows(new ArrayDataset("new", new(1, 1, 3), ["a", "b"], train, test, test))[Quantity.RepeatedExample].Mean,
            Rows(new ArrayDataset("new", new(1, 1, 3), ["a", "b"], train, test, test))[Quantity.TestInTraining].Mean));
        Assert.Equal(1, Rows(new ArrayDataset("leak", new(1, 1, 3), ["a", "b"], train, test, train))[Quantity.TestInTraining].Mean);
        var copies = Rows(Cloud((label, k, _) => label + 2 * k));
        Assert.Equal((198 / 200.0, 1), (copies[Quantity.RepeatedExample].Mean, copies[Quantity.TestInTraining].Mean));
    }

    [Fact]
    public void AnswersOfYesOrNo_AreHeldAgainstNeighboursToo()
    {
        var (inputs, labels) = (new float[400], new byte[400]);
        for (var n = 0; n < labels.Length; n++)
            (inputs[n], labels[n]) = (n, (byte)((n / 100 + (n % 5 == 0 ? 1 : 0)) % 2));
        var part = LabelledExamples.FromFloats(inputs, labels);
        var data = new ArrayDataset("answers", new(1, 1, 1), ["no", "yes"], part, part, part, new TargetTable(TargetKind.YesNo, 1, [0, 1]));
        Assert.InRange(Rows(data)[Quantity.ContradictedLabel].Mean, 0.15, 0.25);
    }

    private static Dictionary<string, LayerStatistics> Rows(Dataset data) => DataRows.Measure(data, 1).ToDictionary(row => row.Quantity);

    private static ArrayDataset Cloud(Func<int, int, double, double> value, Func<int, int, int>? relabel = null) =>
        new("cloud", new(1, 1, 3), ["a", "b"], Examples(value, 1, relabel), Examples(value, 2, relabel), Examples(value, 3, relabel));

    private static LabelledExamples Examples(Func<int, int, double, double> value, ulong seed, Func<int, int, int>? relabel = null)
    {
        var random = new RandomKey(seed, "cloud").Stream();
        var (inputs, labels) = (new float[200 * 3], new byte[200]);
        for (var n = 0; n < labels.Length; n++)
        {
            labels[n] = (byte)random.NextInt32(2);
            for (var k = 0; k < 3; k++)
                inputs[3 * n + k] = (float)value(labels[n], k, random.NextGaussian());
            labels[n] = (byte)(relabel?.Invoke(labels[n], n) ?? labels[n]);
        }
        return LabelledExamples.FromFloats(inputs, labels);
    }
}
