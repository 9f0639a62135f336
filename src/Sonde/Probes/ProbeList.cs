namespace Sonde.Probes;

/// <summary>The probes that a study can name, and those that a program adds.</summary>
public static class ProbeList
{
    private static readonly Lock Registering = new();

    /// <summary>The probes that cost next to nothing, so that every mini-batch can be observed.</summary>
    public static IReadOnlyList<Probe> Basic { get; } =
    [
        new InputProbe(), new ActivationProbe(), new PreactivationProbe(), new BackpropagatedGradientProbe(), new WeightGradientProbe(), new WeightProbe(),
        new UpdateProbe(),
    ];

    /// <summary>Those that the presets leave out of mini-batches.</summary>
    internal static IReadOnlyList<Probe> Costly { get; } = [new BiasProbe(), new WeightedInputProbe(), new UnitProbe()];

    /// <summary>Those that the preset full has beyond.</summary>
    internal static IReadOnlyList<Probe> Costliest { get; } = [new JacobianProbe()];

    private static Probe[] all = [.. Basic, .. Costly, .. Costliest];

    /// <summary>All probes, in the order in which they measure: those of Sonde, then those registered.</summary>
    public static IReadOnlyList<Probe> All => Volatile.Read(ref all);

    /// <summary>Finds the probe of this name; null if there is none.</summary>
    public static Probe? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(probe => probe.Name == name);
    }

    /// <summary>Adds a probe, so that studies can name it. Do this before the study is read.</summary>
    /// <param name="probe">A probe whose name no other probe has: letters and digits, without a space.</param>
    /// <exception cref="ArgumentException">The name is taken, or is not one word.</exception>
    public static void Register(Probe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (string.IsNullOrEmpty(probe.Name) || !probe.Name.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A probe's name is one word of letters and digits, such as linearRegime; this one is '{probe.Name}'. Rename it.",
                nameof(probe));
        lock (Registering)
        {
            if (all.Any(other => other.Name == probe.Name) || ProbeQuantities.Presets.Any(preset => preset.Name == probe.Name))
                throw new ArgumentException($"There is already a probe or preset named '{probe.Name}'. Give this probe another name.", nameof(probe));
            Volatile.Write(ref all, [.. all, probe]);
        }
    }
}
