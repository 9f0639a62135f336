using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Running.Limits;

/// <summary>Measures how fast Sonde's own updates of a network are, by plain descent on random examples.</summary>
internal static class UpdateSpeed
{
    private const int Batches = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3), Measured = TimeSpan.FromSeconds(0.3), Window = TimeSpan.FromMilliseconds(2);

    /// <summary>Returns the seconds of an update, in the best of many short windows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Examples per update.</param>
    /// <param name="threads">Threads that work together.</param>
    /// <param name="time">The clock.</param>
    public static double Seconds(Network network, int batch, int threads, TimeProvider time)
    {
        var random = new RandomKey(1, "limits").Stream(0);
        var inputs = new float[Batches * batch * network.Inputs];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        int[] labels = [.. Enumerable.Range(0, Batches * batch).Select(_ => random.NextInt32(network.Labels))];
        using var engine = Engine.Create(network, batch, new Sgd(0.01f), threads);
        engine.Load(Parameters.Initialize(network, 1));
        var (best, updates) = (double.PositiveInfinity, 0);
        void Train(TimeSpan most)
        {
            var (start, first) = (time.GetTimestamp(), updates);
            TimeSpan elapsed;
            do
            {
                var k = updates++ % Batches * batch;
                engine.Update(inputs.AsSpan(k * network.Inputs, batch * network.Inputs), labels.AsSpan(k, batch));
                elapsed = time.GetElapsedTime(start);
            }
            while (elapsed < most);
            best = Math.Min(best, elapsed.TotalSeconds / (updates - first));
        }
        Train(WarmUp);
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Measured;)
            Train(Window);
        return best;
    }
}
