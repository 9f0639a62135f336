using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Engines;
using Sonde.Networks.Costs;
using Sonde.Networks.Initializers;
using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;
using Sonde.Numerics.Spectra;
using Sonde.Numerics.Summaries;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Tests.Training;
using Sonde.Theory;

namespace Sonde.Tests.Doors;

/// <summary>Public methods that take spans, which reflection cannot call: each refuses spans that do not fit. A new one without a call here fails the
/// test.</summary>
public sealed class SpanDoorTests
{
    private static readonly Dictionary<string, Action> Senseless = new()
    {
        ["Cost.Curvature"] = () => new NegativeLogLikelihood().Curvature<double>([0.5, 0.5], new double[3]),
        ["Cost.Evaluate"] = () => new NegativeLogLikelihood().Evaluate<double>([0.5, 0.5], 0, new double[3], new double[2]),
        ["ExampleStream.Read"] = () => FiniteStream.InOrder(LabelledExamples.FromFloats(new float[12], new byte[2])).Read(0, new float[5], new int[1]),
        ["IEngine.Observe"] = () => UseEngine(engine => engine.Observe(new float[5], [0], new(SmallTrial.Network, ObservationNeeds.None))),
        ["IEngine.Update"] = () => UseEngine(engine => engine.Update(new float[5], [0])),
        ["IdxFile.Read"] = () => IdxFile.Read(null!, 1),
        ["IdxFile.Write"] = () => IdxFile.Write("x", [1, 2, 3], 2),
        ["Initializer.Fill"] = () =>
        {
            var random = new RandomKey(1, "doors").Stream();
            new Standard().Fill(ref random, 2, 3, new float[5]);
        },
        ["JacobianSpectrum.FromSlopes"] = () => JacobianSpectrum.FromSlopes(3, 3, 0.1, [1, 1], [1]),
        ["LabelledExamples.Copy"] = () => LabelledExamples.FromFloats(new float[12], new byte[2]).Copy(0, new float[5]),
        ["Observation.CopyExamples"] = () => new Observation(SmallTrial.Network, ObservationNeeds.All).CopyExamples(new float[5], [0]),
        ["PretrainingSetting.Corrupt"] = () =>
            new PretrainingSetting(SmallTrial.Network, 4, new() { Updates = 2 }, new(0, 1), 1).Corrupt(0, 0, true, new float[6]),
        ["SingularValues.Of"] = () => SingularValues.Of(new float[5], 2, 3),
        ["TrainedNetwork.Predict"] = () => UseTrained(trained => trained.Predict(new float[5])),
        ["TrainedNetwork.Probabilities"] = () => UseTrained(trained => trained.Probabilities(new float[5])),
    };

    // Any length makes sense.
    private static readonly string[] AnyLength =
        ["Corruption.Apply", "Initializer.FillBiases", "PooledValues.Statistics", "RandomStream.Fill", "SignFlipTest.TwoSided", "ValueSummary.Of"];

    public static TheoryData<string> Doors => [.. Senseless.Keys];

    [Theory, MemberData(nameof(Doors))]
    public void SpansThatDoNotFit_AreRefusedInWords(string door) =>
        Assert.True(Record.Exception(Senseless[door]) is ArgumentException or DataException, $"{door} said {Record.Exception(Senseless[door])}");

    [Fact]
    public void EveryMethodThatTakesSpans_IsCalledHere() =>
        Assert.Equal(Senseless.Keys.Concat(AnyLength).Order(StringComparer.Ordinal), Door.WithSpans);

    [Fact]
    public void EmptySpans_HaveAnswers()
    {
        Assert.Equal(0, ValueSummary.Of([]).Count);
        Assert.Equal(0, PooledValues.Statistics(0, 1, Quantity.Activation, []).Count);
        Assert.Equal(1, SignFlipTest.TwoSided([]));
    }

    private static void UseEngine(Action<IEngine> call)
    {
        using var engine = (IEngine)Example.Of(typeof(IEngine));
        call(engine);
    }

    private static void UseTrained(Action<Sonde.Training.TrainedNetwork> call)
    {
        using var trained = (Sonde.Training.TrainedNetwork)Example.Of(typeof(Sonde.Training.TrainedNetwork));
        call(trained);
    }
}
