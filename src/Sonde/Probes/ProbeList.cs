namespace Sonde.Probes;

/// <summary>The probes a study uses.</summary>
public static class ProbeList
{
    /// <summary>Those that every look takes.</summary>
    public static IReadOnlyList<Probe> All { get; } =
    [
        new InputProbe(), new ActivationProbe(), new PreactivationProbe(), new BackpropagatedGradientProbe(), new WeightGradientProbe(), new WeightProbe(),
        new UpdateProbe(),
    ];

    /// <summary>The probes of a trial.</summary>
    /// <param name="isLive">True for looks at mini-batches, which are many and to cost next to nothing.</param>
    /// <param name="jacobianExamples">How many examples to take Jacobians at, which takes a tenth of a second for each layer of 1,000 units; 0 for
    /// none.</param>
    /// <param name="threads">Threads to use.</param>
    public static IReadOnlyList<Probe> Of(bool isLive, int jacobianExamples, int threads) =>
    [
        .. All, .. isLive ? [] : (Probe[])[new BiasProbe(), new WeightedInputProbe()],
        .. jacobianExamples > 0 ? (Probe[])[new JacobianProbe(jacobianExamples, threads)] : [],
    ];
}
