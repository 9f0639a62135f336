using Sonde.Paper.Claims.Errors;
using Sonde.Paper.Claims.Images;
using Sonde.Paper.Claims.Initialization;
using Sonde.Paper.Claims.Learning;
using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Items;

namespace Sonde.Paper;

/// <summary>Lists every figure, table and claim of the paper, in the order of the page.</summary>
internal static class PaperList
{
    /// <summary>All items.</summary>
    public static IReadOnlyList<PaperItem> All { get; } =
    [
        new Figure01(),
        new Figure02(),
        new Figure03(),
        new Figure04(),
        new Figure05(),
        new Figure06(),
        new Figure07(),
        new Figure08(),
        new Figure09(),
        new Figure10(),
        new Figure11(),
        new Figure12(),
        new Table1(),
        new Overlap(),
        new OneObjectIsEasy(),
        new Depth(),
        new TopLayerCollapse(),
        new Chance(),
        new Escape(),
        new PoorerAfterEscape(),
        new PretrainedSigmoid(),
        new BiasFirst(),
        new SequentialSaturation(),
        new TanhModes(),
        new SoftsignTogether(),
        new SoftsignWeights(),
        new SoftsignKnees(),
        new LikelihoodBeatsQuadratic(),
        new Jacobian(),
        new GradientsShrink(),
        new GradientsByDepth(),
        new Reversal(),
        new WeightGradientsLevel(),
        new WeightGradientsDiverge(),
        new SimilarElsewhere(),
        new SaturatesMost(),
        new SoftsignBeatsTanh(),
        new RobustSoftsign(),
        new FasterConvergence(),
        new GapToPretraining(),
        new LayerSizes(),
        new SecondOrder(),
        new SupportVectors(),
    ];

    /// <summary>Returns the built-in studies that the items need, each once, in the order in which they should run.</summary>
    public static IReadOnlyList<string> StudiesOf(IEnumerable<PaperItem> items) => [.. items.SelectMany(item => item.Studies).Distinct()];
}
