using System.Globalization;
using Sonde.Networks;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Machines;

/// <summary>The memory that training or probing a network takes at least, and what this machine has free.</summary>
internal static class MemoryNeed
{
    // The weights that the engine changes, those that it began with or saves, and their gradient, which probes measure.
    private const int Copies = 3;

    // Pre-activations, activations and their gradients of the examples that probes see.
    private const int ArraysPerLayer = 3;

    /// <summary>Refuses a network that does not fit in memory, before anything of it is allocated.</summary>
    /// <param name="setting">The setting of a trial.</param>
    /// <param name="network">Its network.</param>
    /// <param name="trials">Trials in memory at the same time, 1 or more.</param>
    /// <exception cref="StudyException">It needs more than is free; the message has both figures.</exception>
    public static void Check(TrialSetting setting, Network network, int trials = 1)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(network);
        Check(setting, network, trials, FreeMemory.Bytes);
    }

    internal static void Check(TrialSetting setting, Network network, int trials, long free)
    {
        var weights = Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
        var units = Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanOut(layer));
        var needed = trials * sizeof(float) * (Copies * weights + ArraysPerLayer * units * Math.Max(setting.Probe.Examples, setting.Plan.Batch));
        if (needed > free)
            throw new StudyException(string.Create(CultureInfo.InvariantCulture,
                $"A network with the hidden layers {network.HiddenText} has {weights:#,0} weights and needs at least {Size(needed)} of memory")
                + (trials == 1 ? "" : $" for {trials} trials at a time") + $"; {Size(free)} are free on this machine. "
                + (trials == 1 ? "Use narrower or fewer layers." : "Use narrower or fewer layers, or fewer trials at a time (--parallel)."));
    }

    private static string Size(double bytes) => bytes switch
    {
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        < 1e12 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e12:#,0.0} TB"),
    };
}
