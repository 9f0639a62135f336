using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Running.Workloads;
using Sonde.Studies;

namespace Sonde.Running.Cores;

/// <summary>Times updates of one trial's network, in as many copies and threads as an allocation has.</summary>
/// <param name="setting">The trial.</param>
/// <param name="data">Its dataset; one mini-batch of it is used again and again.</param>
/// <param name="time">The clock.</param>
internal sealed class CoreAllocationMeasurement(TrialSetting setting, Dataset data, TimeProvider time)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200), Timed = TimeSpan.FromMilliseconds(200);

    private readonly Network network = setting.NetworkOn(data);

    /// <summary>The <see cref="Work"/> from which measuring is worthwhile: about ten seconds of one core.</summary>
    public const double WorthMeasuring = 1000;

    /// <summary>Bytes of one copy's weights and biases.</summary>
    public long Bytes => sizeof(float) * Enumerable.Range(1, network.Layers).Sum(layer => (network.FanIn(layer) + 1L) * network.FanOut(layer));

    /// <summary>Multiplications and additions of all updates of the trial, in units of 10^9.</summary>
    public double Work => Workload.SupervisedUpdates(setting, network, setting.Begin, setting.Plan.Updates) * UpdateWork;

    /// <summary>The number of threads that have at least 2 million multiplications and additions per update each. With less work, the threads lose more
    /// time waiting for one another than they gain.</summary>
    public int UsefulThreads => (int)Math.Clamp(1e9 * UpdateWork / 2e6, 1, 1024);

    private double UpdateWork => 6e-9 * setting.Plan.Batch * Bytes / sizeof(float);

    /// <summary>Measures the updates per second of all copies together.</summary>
    public double UpdatesPerSecond(CoreAllocation allocation)
    {
        var parameters = Parameters.Initialize(network, 1);
        var (inputs, labels) = (new float[setting.Plan.Batch * data.Inputs], new int[setting.Plan.Batch]);
        data.Open(Split.Train, 1).Read(0, inputs, labels);
        var speeds = new double[allocation.Parallel];
        using var together = new Barrier(allocation.Parallel);
        var copies = Enumerable.Range(0, allocation.Parallel).Select(copy => new Thread(() =>
        {
            // At such a learning rate no weight changes, however long this takes; an optimizer refuses 0.
            using var engine = Engine.Create(network, setting.Plan.Batch, setting.OptimizerAt(learningRate: 1e-20f), allocation.Threads);
            engine.Load(parameters);
            together.SignalAndWait();
            Count(WarmUp);
            speeds[copy] = Count(Timed);

            double Count(TimeSpan span)
            {
                var start = time.GetTimestamp();
                var updates = 0;
                TimeSpan elapsed;
                do
                {
                    engine.Update(inputs, labels);
                    updates++;
                    elapsed = time.GetElapsedTime(start);
                }
                while (elapsed < span);
                return updates / elapsed.TotalSeconds;
            }
        })).ToList();
        copies.ForEach(copy => copy.Start());
        copies.ForEach(copy => copy.Join());
        return speeds.Sum();
    }
}
