using Sonde.Data;
using Sonde.Studies;

namespace Sonde.Running.Cores;

/// <summary>How much a trial computes, as far as it decides how many cores it can use.</summary>
/// <param name="Bytes">Bytes of its weights and biases.</param>
/// <param name="Update">Multiplications and additions of an update.</param>
/// <param name="Observed">Multiplications and additions of the forward pass of the examples that are observed at once.</param>
internal sealed record TrialWork(long Bytes, double Update, double Observed)
{
    // As the engine does it, with mini-batches that are not larger.
    private const int ObservedAtOnce = 50;

    /// <summary>With fewer multiplications and additions per update and thread, threads lose more time waiting for one another than they gain.</summary>
    private const double LeastPerThread = 2e6;

    /// <summary>The most threads that may be worth trying.</summary>
    public int UsefulThreads => (int)Math.Clamp(Update / LeastPerThread, 1, 1024);

    /// <summary>The most threads that are worth having for observations.</summary>
    public int UsefulObservers => (int)Math.Clamp(Observed / LeastPerThread, 1, 1024);

    /// <summary>Counts a trial's work.</summary>
    public static TrialWork FromSetting(TrialSetting setting, Dataset data)
    {
        var network = setting.NetworkOn(data);
        var parameters = Enumerable.Range(1, network.Layers).Sum(layer => (network.FanIn(layer) + 1L) * network.FanOut(layer));
        return new(sizeof(float) * parameters, 6.0 * setting.Plan.Batch * parameters, 2.0 * Math.Max(ObservedAtOnce, setting.Plan.Batch) * parameters);
    }
}
