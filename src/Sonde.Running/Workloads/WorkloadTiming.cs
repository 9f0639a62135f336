using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Running.Cores;
using Sonde.Studies;

namespace Sonde.Running.Workloads;

/// <summary>Times the engine on a trial's network for about a second; the trained parameters are thrown away.</summary>
/// <param name="allocation">Trials that train at the same time, and so share caches and memory, and the threads of each.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkloadTiming(CoreAllocation allocation, TimeProvider time)
{
    private const int EvaluationChunk = 500;
    private const int FewestWindows = 8, CalmWindows = 4, MostWindows = 30, FewestTimes = 4, MostTimes = 10;
    private const double Faster = 0.95;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(80), Patience = TimeSpan.FromSeconds(0.3);

    /// <summary>Times updates, evaluation and observations of a network.</summary>
    /// <param name="setting">A trial's setting.</param>
    /// <param name="network">Its network.</param>
    /// <param name="data">Its data.</param>
    public WorkloadCost Measure(TrialSetting setting, Network network, Dataset data)
    {
        var sides = Enumerable.Range(0, allocation.Parallel).Select(_ => Task.Factory.StartNew(
            () => MeasureOne(setting, network, data), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var costs = Task.WhenAll(sides).GetAwaiter().GetResult();
        return costs[0] with
        {
            Update = costs.Average(c => c.Update),
            Example = costs.Average(c => c.Example),
            Observation = costs.Average(c => c.Observation),
        };
    }

    private WorkloadCost MeasureOne(TrialSetting setting, Network network, Dataset data)
    {
        using var engine = Engine.Create(network, setting.Plan.Batch, setting.Optimizer, allocation.Threads);
        engine.Load(Parameters.Initialize(network, setting.Seed));
        var examples = data.Open(Split.Train, setting.Seed);
        var (inputs, labels) = (new float[setting.Plan.Batch * data.Inputs], new int[setting.Plan.Batch]);
        long update = 0;
        void Update()
        {
            examples.Read(update++ * setting.Plan.Batch, inputs, labels);
            engine.Update(inputs, labels);
        }

        var updateSeconds = Settled(Update);
        var exampleSeconds = Evaluation(engine, setting, data);
        var rows = new ObservationRows();
        var observationSeconds = Observe(engine, setting, data, rows);
        return new(network, updateSeconds, exampleSeconds, observationSeconds, rows, allocation);
    }

    /// <summary>Measures the seconds of one evaluated example.</summary>
    private double Evaluation(IEngine engine, TrialSetting setting, Dataset data)
    {
        var stream = data.OpenFirst(Math.Min(EvaluationChunk, setting.Plan.EvaluationExamples), Split.Validation, setting.Seed);
        var (inputs, labels) = stream.Read();
        var results = new Observation(engine.Network, ObservationNeeds.None);
        void Evaluate()
        {
            stream.Read(0, inputs, labels);
            engine.Observe(inputs, labels, results);
        }

        return Least(() => Once(Evaluate)) / stream.Length;
    }

    private double Observe(IEngine engine, TrialSetting setting, Dataset data, ObservationRows rows)
    {
        var stream = data.OpenFirst(setting.Probe.Examples, Split.Probe, setting.Seed);
        var (inputs, labels) = stream.Read();
        double Seconds(int jacobians, IProbeLog log) => Once(() =>
        {
            Probe[] probes = [.. setting.Probe.CreateProbes(allocation.Threads).Where(probe => probe is not JacobianProbe),
                .. jacobians > 0 ? (Probe[])[new JacobianProbe(jacobians, allocation.Threads)] : []];
            var observation = new Observation(engine.Network, ProbeSet.NeedsOf(probes));
            stream.Read(0, inputs, labels);
            engine.Observe(inputs, labels, observation);
            new ProbeSet(probes, new(1, 1), log).Receive(observation);
        });

        if (setting.Probe.MeasuredJacobians == 0)
            return Math.Min(Seconds(0, rows), Least(() => Seconds(0, new ObservationRows())));
        // Each example's Jacobians take as long as the first's, which is long enough.
        var bare = Least(() => Seconds(0, new ObservationRows()));
        return bare + setting.Probe.MeasuredJacobians * Math.Max(0, Seconds(1, rows) - bare);
    }

    /// <summary>Measures a piece of work after the runtime has compiled its final code: when it has not become faster for some
    /// windows.</summary>
    private double Settled(Action work)
    {
        var (best, calm) = (double.PositiveInfinity, 0);
        for (var window = 0; window < MostWindows && (window < FewestWindows || calm < CalmWindows); window++)
        {
            var now = Repeat(work, Window);
            calm = now < Faster * best ? 0 : calm + 1;
            best = Math.Min(best, now);
        }
        return best;
    }

    /// <summary>Returns the least of a few times, of which the first ones may run code that is not optimized yet; two of a work that takes long.</summary>
    private double Least(Func<double> seconds)
    {
        var start = time.GetTimestamp();
        var best = Math.Min(seconds(), seconds());
        for (var count = 2; count < MostTimes && time.GetElapsedTime(start) < Patience; count++)
            best = Math.Min(best, seconds());
        return best;
    }

    /// <summary>Returns the tenth percentile of as many times as fit, so that other work of the machine hardly counts.</summary>
    private double Repeat(Action work, TimeSpan budget)
    {
        var times = new List<double>();
        for (var start = time.GetTimestamp(); times.Count < FewestTimes || time.GetElapsedTime(start) < budget;)
            times.Add(Once(work));
        times.Sort();
        return times[times.Count / 10];
    }

    private double Once(Action work)
    {
        var start = time.GetTimestamp();
        work();
        return time.GetElapsedTime(start).TotalSeconds;
    }
}
