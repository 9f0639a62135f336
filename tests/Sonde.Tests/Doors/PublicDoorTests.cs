using System.Reflection;
using Sonde.Data;

namespace Sonde.Tests.Doors;

/// <summary>Every public door of the library refuses null, and numbers that make no sense, with an exception that names the argument. A new door without a
/// check fails here.</summary>
public sealed class PublicDoorTests
{
    // Only Sonde makes these, from what it measured or computed.
    private static readonly HashSet<string> Results =
    [
        "BatchResult", "BuiltSet", "CostAtTwoWeights", "CostSurface", "DataPlace", "Divergence", "Evaluation", "ExampleMoments", "Forecast", "JacobianSpectrum",
        "LayerForecast", "MeanInterval", "ShareInterval", "TrainingOutcome", "TrainingTally", "TwoClassMachine", "ValueRange", "ValueSummary", "Verdict",
        "WatchedResult",
    ];

    // What is measured may be any number: NaN is what a diverged network has, and update counts are below 0 in pre-training.
    private static readonly HashSet<string> Rows =
        ["Checkpoint", "CurvePoint", "LayerHistogram", "LayerImage", "LayerSpectrum", "LayerStatistics", "Observation", "PooledValues", "ProbeSchedule"];

    // Formulas take any number and answer as arithmetic does; what engines call per update checks nothing.
    private static readonly HashSet<string> Formulas =
    [
        "Activation.Derivative", "Activation.IsSaturated", "Activation.Value", "Adam.At", "DiagonalLevenbergMarquardt.CurvatureShare", "GradientVariance.At",
        "Initializer.Variance", "JacobianSpectrum.AtInitialization", "PaperEquations.ActivationVariance", "PaperEquations.BackpropagatedGradientVariance",
        "PaperEquations.EqualWidthBackpropagatedGradientVariance", "PaperEquations.EqualWidthWeightGradientVariance", "PaperEquations.WeightGradientVariance",
        "PixelRanges.FindFromEnds", "PixelRanges.ToGrey", "ReconstructionCost.Value", "StudentT.TwoSided", "TwoWeightCost.At",
        // Messages and questions: no answer is also one.
        "Cost.FindMismatch", "Dataset.TooFew", "TrialHistory.Rows", "ProbeSet.NeedsAt", "ProbePlan.CreateObserver", "ProbePlan.Schedule",
        // A trial that is pre-trained begins below 0.
        "DataRows.Measure",
        // A trainer calls these.
        "IObserver.NeedsAt", "ITrainingLog.Progress", "MemoryLog.Progress",
        // SupportVectorMachine.Train checks all settings together.
        "SupportVectorSetting.new", "SupportVectorSetting.C", "SupportVectorSetting.Gamma", "SupportVectorSetting.Tolerance",
        "SupportVectorSetting.CacheMebibytes",
    ];

    [Fact]
    public void Null_IsRefusedByName() => AssertNone(
        from door in Door.All
        from parameter in Enumerable.Range(0, door.Parameters.Count)
        where door.RefusesNull(parameter) && !Results.Contains(door.Owner.Name) && !IsCalledByTrainers(door)
        let error = door.Call([.. door.Types.Select((type, k) => k == parameter ? null : Example.Of(type))])
        where !(error is ArgumentNullException refusal && string.Equals(refusal.ParamName, door.Parameters[parameter], StringComparison.OrdinalIgnoreCase))
        select $"{door.Name} with {door.Parameters[parameter]} null: {Shown(error)}");

    [Fact]
    public void Numbers_AreUsedOrRefusedInWords() => AssertNone(
        from door in Door.All
        from parameter in Enumerable.Range(0, door.Parameters.Count)
        from number in Extremes(door.Types[parameter])
        let error = door.Call([.. door.Types.Select((type, k) => k == parameter ? number : Example.Of(type))])
        where error is not (null or ArgumentException or DataException)
        select $"{door.Name} with {door.Parameters[parameter]} {number}: {Shown(error)}");

    [Fact]
    public void SenselessNumbers_AreRefused() => AssertNone(
        from door in Door.All
        from parameter in Enumerable.Range(0, door.Parameters.Count)
        where Senseless(door.Types[parameter]) is not null && !Results.Contains(door.Owner.Name) && !Rows.Contains(door.Owner.Name)
            && !Formulas.Contains($"{door.Owner.Name}.{(door.Member is ConstructorInfo ? "new" : door.Member.Name)}")
        let error = door.Call([.. door.Types.Select((type, k) => k == parameter ? Senseless(type) : Example.Of(type))])
        where error is null
        select $"{door.Name} with {door.Parameters[parameter]} {Senseless(door.Types[parameter])}");

    [Fact]
    public void EveryExemption_IsOfAPublicType()
    {
        var names = Door.All.Select(door => door.Owner.Name).ToHashSet();
        Assert.All(Results.Concat(Rows).Concat(Formulas.Select(formula => formula.Split('.')[0])), name => Assert.Contains(name, names));
    }

    // A program implements these, and the trainer passes what it made.
    private static bool IsCalledByTrainers(Door door) => door.Owner is { IsInterface: true, Name: not ("IEngine" or "IPretrainer") };

    private static object? Senseless(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => -1,
        var t when t == typeof(long) => -1L,
        var t when t == typeof(float) => float.NaN,
        var t when t == typeof(double) => double.NaN,
        _ => null,
    };

    private static object[] Extremes(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => [int.MinValue, -1, 0, 1],
        var t when t == typeof(long) => [long.MinValue, -1L, 0L, 1L],
        var t when t == typeof(float) => [float.NaN, float.NegativeInfinity, float.PositiveInfinity, -1f, 0f, float.MaxValue],
        var t when t == typeof(double) => [double.NaN, double.NegativeInfinity, double.PositiveInfinity, -1.0, 0.0, double.MaxValue],
        _ => [],
    };

    private static string Shown(Exception? error) => error is null ? "accepted" : $"{error.GetType().Name}: {error.Message}";

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, $"{all.Count} doors:\n{string.Join('\n', all)}");
    }
}
