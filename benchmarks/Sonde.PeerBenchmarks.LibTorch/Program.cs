using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

// A peer for speed comparisons: deep tanh networks under libtorch's own stochastic gradient descent, through TorchSharp.
// Usage: Sonde.PeerBenchmarks.LibTorch THREADS
// Prints what it is. Then each line "inputs width depth classes batch seconds" on standard input trains such a network for half of the
// seconds unmeasured, then for the seconds, and is answered with the updates per second. Examples are random numbers in memory.
const int Examples = 2000;

set_num_threads(int.Parse(args[0]));
random.manual_seed(0);
Console.WriteLine($"{__version__}, TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}");
while (Console.ReadLine() is { } line)
{
    var words = line.Split(' ');
    int[] sizes = [.. words[..5].Select(int.Parse)];
    Console.WriteLine(UpdatesPerSecond(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], double.Parse(words[5])));
}

static double UpdatesPerSecond(int inputs, int width, int depth, int classes, int batch, double seconds)
{
    using var whole = NewDisposeScope();
    var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
    for (var layer = 0; layer < depth; layer++)
    {
        layers.Add(($"linear{layer}", nn.Linear(layer == 0 ? inputs : width, width)));
        layers.Add(($"tanh{layer}", nn.Tanh()));
    }
    using var network = nn.Sequential([.. layers, ("output", nn.Linear(width, classes))]);
    using var optimizer = optim.SGD(network.parameters(), learningRate: 0.01);
    using var cost = nn.CrossEntropyLoss();
    var (examples, labels) = (randn(Examples, inputs), randint(classes, Examples));

    var (begin, start, updates) = (Stopwatch.GetTimestamp(), 0L, 0L);
    for (var place = 0; ; place = place + 2 * batch <= Examples ? place + batch : 0)
    {
        // What an update makes is freed at its end: nothing is left to the garbage collector's finalizers.
        using (NewDisposeScope())
        {
            optimizer.zero_grad();
            cost.forward(network.forward(examples.slice(0, place, place + batch, 1)), labels.slice(0, place, place + batch, 1)).backward();
            optimizer.step();
        }
        if (start != 0)
        {
            updates++;
            if (Stopwatch.GetElapsedTime(start).TotalSeconds is var elapsed && elapsed >= seconds)
                return updates / elapsed;
        }
        else if (Stopwatch.GetElapsedTime(begin).TotalSeconds >= seconds / 2)
            start = Stopwatch.GetTimestamp();
    }
}
