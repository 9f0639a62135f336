using Sonde.Data;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Diagnosis;

/// <summary>How well a trial fits its examples, and where its curves go: what findings weigh their evidence against.</summary>
internal sealed class TrialFit
{
    // Shares of the error of a constant answer: at the first a network does well enough to need no causes, from the second on it certainly does not.
    private const double Well = 0.1, Badly = 0.3;

    /// <summary>Why an error cannot be weighed.</summary>
    public const string NoConstant = "the error of always giving the same answer is not known";

    private readonly TrialHistory trial;

    public TrialFit(TrialHistory trial)
    {
        this.trial = trial;
        (TestErrors, TrainErrors) = (Known(trial.TestCurve), Known(trial.TrainCurve));
        TestShare = TestErrors is [.., var test] && trial.ChanceError is > 0 and var chance ? test.Error / chance : null;
        TrainShare = TrainErrors is [.., var train] && TrainChance is > 0 and var ofTrain ? train.Error / ofTrain : null;
    }

    /// <summary>Points of the test curve whose error is known.</summary>
    public IReadOnlyList<CurvePoint> TestErrors { get; }

    /// <summary>Points of the training curve whose error is known.</summary>
    public IReadOnlyList<CurvePoint> TrainErrors { get; }

    /// <summary>The last test error over that of the best constant answer: 1 has learned nothing. Null if one of the two is not known.</summary>
    public double? TestShare { get; }

    /// <summary>The same of training examples, each answered before it is learnt from.</summary>
    public double? TrainShare { get; }

    /// <summary>The error of the best constant answer to training examples, in per cent; null if it is not known.</summary>
    public double? TrainChance => trial.Network.Task switch
    {
        TargetKind.Values => 100,
        TargetKind.Classes when trial.Number(Quantity.TrainClassShare, row => row.Max) is { } share => 100 * (1 - share),
        TargetKind.YesNo when trial.Number(Quantity.ConstantError) is { } error => error,
        _ => trial.ChanceError,
    };

    /// <summary>How much there is to explain: 0 for a network that does well, 1 for one that does not or whose numbers broke; 1 if the errors are not
    /// known.</summary>
    public double Need => trial.Divergence is not null ? 1 : TestShare is { } share ? Math.Clamp((share - Well) / (Badly - Well), 0, 1) : 1;

    /// <summary>True if the test error is clearly above that of a network that does well, or not known.</summary>
    public bool IsPoor => Need > 0.5;

    /// <summary>True if the test error has not left that of a constant answer.</summary>
    public bool IsAtChance => TestErrors.Count > 1 && trial.Chance is { } chance ? TestErrors[^1].Error >= chance.Error - chance.Margin
        : TestErrors is [var first, .., var last] && last.Error > 0.9 * first.Error;

    /// <summary>True if the training error has fallen clearly below that of a constant answer.</summary>
    public bool HasFitted => TrainShare is < 0.85;

    /// <summary>The training cost, or the test cost if that of training is not recorded.</summary>
    public IReadOnlyList<CurvePoint> Costs => Finite(trial.TrainCurve) is { Count: > 2 } train ? train : Finite(trial.TestCurve);

    /// <summary>How much of all that the cost fell it fell in the last third: 0 if it is at rest, a third if it falls evenly. Null with fewer than four
    /// points.</summary>
    public double? LateFall
    {
        get
        {
            var costs = Start is { } start ? Costs.Prepend(start).ToList() : [.. Costs];
            if (costs.Count < 4)
                return null;
            var third = Math.Max(1, costs.Count / 3);
            double late = costs.TakeLast(third).Average(point => point.Cost), before = costs.SkipLast(third).TakeLast(third).Average(point => point.Cost);
            var fall = costs[0].Cost - costs.Min(point => point.Cost);
            return fall > 0 ? (before - late) / fall : 0;
        }
    }

    /// <summary>The fewest updates in which networks learn, and how much of the whole fall of the cost is in the last third if training ended too early; an
    /// even fall has a third.</summary>
    public const double FewUpdates = 100, LeastLateFall = 0.2;

    /// <summary>True if training is over, while the cost still fell, in a network that could do better.</summary>
    public bool IsCutShort => IsOver && Need > 0
        && (trial.CountedIn is null && trial.Updates < FewUpdates || LateFall > LeastLateFall && !(Restlessness > 0.2));

    /// <summary>The relative fall of the cost over the whole run; 0 if it did not fall.</summary>
    public double? Fall => Start is { Cost: > 0 } start && Costs.Count > 0 ? Math.Max(0, 1 - Costs.Min(point => point.Cost) / start.Cost) : null;

    /// <summary>How much the cost goes up and down: the sum of its rises over the sum of its changes, 0 to 1. Null with fewer than four points.</summary>
    public double? Restlessness
    {
        get
        {
            var steps = Costs.Zip(Costs.Skip(1), (one, next) => next.Cost - one.Cost).ToList();
            var all = steps.Sum(Math.Abs);
            return steps.Count < 3 ? null : all > 0 ? steps.Where(step => step > 0).Sum() / all : 0;
        }
    }

    /// <summary>The last cost over the lowest.</summary>
    public double? Rise => Costs is { Count: > 2 } costs && costs.Min(point => point.Cost) is > 0 and var least ? costs[^1].Cost / least : null;

    /// <summary>The best answer without a network, over a constant answer: how well the task can be done at least. Null if it was not measured.</summary>
    public double? KnownShare => trial.Number(Quantity.ConstantError) is > 0 and var constant && trial.Number(Quantity.NeighbourError) is { } near
        && trial.Number(Quantity.LinearError) is { } linear ? Math.Min(near, linear) / constant : null;

    /// <summary>True if training is over.</summary>
    public bool IsOver => trial.Training.Updates is not { } planned || trial.Updates >= planned;

    private CurvePoint? Start => trial.TestCurve is [{ Update: 0 } first, ..] && double.IsFinite(first.Cost) ? first : null;

    private static List<CurvePoint> Known(IReadOnlyList<CurvePoint> curve) => [.. curve.Where(point => double.IsFinite(point.Error))];

    private static List<CurvePoint> Finite(IReadOnlyList<CurvePoint> curve) => [.. curve.Where(point => double.IsFinite(point.Cost))];
}
