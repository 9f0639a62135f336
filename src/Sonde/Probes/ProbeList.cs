namespace Sonde.Probes;

/// <summary>The probes a study uses.</summary>
public static class ProbeList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Probe> All { get; } =
    [
        new InputProbe(), new ActivationProbe(), new PreactivationProbe(), new BackpropagatedGradientProbe(), new WeightGradientProbe(), new WeightProbe(),
        new UpdateProbe(),
    ];
}
