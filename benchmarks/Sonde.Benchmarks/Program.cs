using System.Diagnostics;
using Sonde.Networks;
using Sonde.Numerics;
using Sonde.Training;

// Updates of the paper's network on random data in memory: 1024 inputs, five layers of 1,000 units, nine classes, mini-batches of ten.
// Usage: Sonde.Benchmarks [--threads 1,2] [--kernels NAME] [--activation tanh] [--rounds 10] [--updates 100] [--batch 10] [--width 1000] [--depth 5]
var options = args.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
string Text(string name, string otherwise) => options.GetValueOrDefault(name, otherwise);
int Number(string name, int otherwise) => int.Parse(Text(name, otherwise.ToString()));

var (batch, updates, rounds) = (Number("batch", 10), Number("updates", 100), Number("rounds", 10));
var network = new Network(
    1024, [.. Enumerable.Repeat(Number("width", 1000), Number("depth", 5))], 9, ActivationList.Find(Text("activation", "tanh"))!,
    InitializerList.Find("normalized")!, CostList.Find("nll")!);
var random = new RandomKey(1, "benchmark").Stream(0);
var inputs = new float[100 * batch * network.Inputs];
foreach (ref var value in inputs.AsSpan())
    value = (float)random.NextGaussian();
var labels = new int[100 * batch];
foreach (ref var label in labels.AsSpan())
    label = (int)(random.NextDouble() * network.Classes);

foreach (var threads in Text("threads", "1,2").Split(',').Select(int.Parse))
{
    using var engine = Engines.Create(network, batch, new Sgd(0.01f), threads, options.GetValueOrDefault("kernels"));
    engine.Load(Parameters.Initialize(network, 1));
    for (var k = 0; k < 3; k++)
    {
        Round(engine);
        Thread.Sleep(150); // The runtime compiles its fast code in the background meanwhile.
    }
    // The least of several rounds: what the machine does when nobody else uses it.
    var measured = Enumerable.Range(0, rounds).Select(_ => Round(engine)).ToList();
    var (least, cpu) = (measured.Min(round => round.Seconds), measured.Min(round => round.ProcessorSeconds));
    double multiplications = 3.0 * batch * Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer))
        - batch * (double)network.FanIn(1) * network.FanOut(1);
    Console.WriteLine(
        $"{engine.Kernels} {network.Activation} {network.HiddenText} batch {batch}, {threads} threads: {1e3 * least:0.000} ms/update, {1 / least:0.0} updates/s, processor time {1e3 * cpu:0.000} ms, "
        + $"{2e-9 * multiplications / least:0.0} GFLOP/s");
}

(double Seconds, double ProcessorSeconds) Round(IEngine engine)
{
    var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    for (var k = 0; k < updates; k++)
        engine.Update(inputs.AsSpan(k % 100 * batch * network.Inputs, batch * network.Inputs), labels.AsSpan(k % 100 * batch, batch));
    return (Stopwatch.GetElapsedTime(start).TotalSeconds / updates, (Environment.CpuUsage.TotalTime - used).TotalSeconds / updates);
}
