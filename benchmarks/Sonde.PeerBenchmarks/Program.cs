using System.CommandLine;
using Sonde.Baselines;
using Sonde.Measuring;
using Sonde.PeerBenchmarks;

// Sonde's training beside its peers'. benchmarks/README.md says what the numbers mean and whom they favour.
var names = new Option<string[]>("--workload") { Description = "What is trained", DefaultValueFactory = _ => ["paper"], AllowMultipleArgumentsPerToken = true };
names.AcceptOnlyFromAmong([.. WorkloadList.Names]);
string[] all = [.. PeerList.All.Select(entry => entry.Key)];
var peers = new Option<string[]>("--peers") { Description = "Which peers", DefaultValueFactory = _ => all, AllowMultipleArgumentsPerToken = true };
peers.AcceptOnlyFromAmong(all);
var threads = new Option<int[]>("--threads") { Description = "Threads of each", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int?>("--rounds") { Description = "Times that each contestant trains each workload, in turn (default: 5, for shapes 3)" };
var seconds = new Option<double?>("--seconds") { Description = "Seconds of a measurement, after half as many unmeasured (default: 0.5, for shapes 0.25)" };
var distance = new Option<double[]>("--core-distance")
{
    Description = "Measure only while a cache line takes this many ns, from A to B, between two cores and back",
    DefaultValueFactory = _ => [0, double.PositiveInfinity],
    Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
};
const double ShortestSeconds = 0.01;
threads.Each(1);
rounds.AtLeast(1);
seconds.AtLeast(ShortestSeconds);
distance.Each(0.0);
distance.Validators.Add(result =>
{
    if (!result.Errors.Any() && result.GetValueOrDefault<double[]>() is [var near, var far] && near > far)
        result.AddError($"--core-distance: expected the shorter time first, got {near} {far}.");
});
var json = new Option<bool>("--json") { Description = "Print JSON instead of tables" };
var save = new Option<bool>("--save") { Description = "Write each workload's results below benchmarks/results" };

var root = new RootCommand("Trains the same networks with Sonde, PyTorch, libtorch and C over OpenBLAS, and says how fast each is.")
{
    names, peers, threads, rounds, seconds, distance, json, save,
};
root.SetAction(parsed =>
{
    var wanted = parsed.GetValue(names)!.SelectMany(name => name == "all" ? WorkloadList.Names.SkipLast(1) : [name]).Distinct();
    var entries = PeerList.All.Where(entry => parsed.GetValue(peers)!.Contains(entry.Key));
    var apart = parsed.GetValue(distance)!;
    using var contest = new Contest(entries, parsed.GetValue(threads)!, (apart[0], apart[1]));
    var results = new List<Comparison>();
    foreach (var name in wanted)
    {
        var (workloads, defaultRounds, defaultSeconds) = name == "shapes" ? (WorkloadList.Shapes, 3, 0.25) : ([WorkloadList.Find(name)], 5, 0.5);
        var (times, length) = (parsed.GetValue(rounds) ?? defaultRounds, parsed.GetValue(seconds) ?? defaultSeconds);
        List<Comparison> comparisons = [.. workloads.Select(workload => contest.Run(workload, times, length))];
        results.AddRange(comparisons);
        if (!parsed.GetValue(json))
            Console.WriteLine(comparisons is [var one] ? ComparisonText.Table(one) : ComparisonText.Overview(comparisons));
        if (parsed.GetValue(save))
            Console.Error.WriteLine($"wrote {ResultsFolder.Write($"peers-{name}", contest.Versions, ComparisonJson.Of(comparisons))}");
    }
    if (parsed.GetValue(json))
        Console.WriteLine(ResultsFolder.Text(ComparisonJson.Of(results)));
    return 0;
});

var counts = new Option<int[]>("--examples")
{
    Description = "Training examples", DefaultValueFactory = _ =>
    [2500, 5000], AllowMultipleArgumentsPerToken = true
};
var most = new Option<int>("--peer-up-to") { Description = "The most examples that scikit-learn is given", DefaultValueFactory = _ => int.MaxValue };
var (c, gamma) = (new Option<double>("--c") { DefaultValueFactory = _ => 10 }, new Option<double>("--gamma") { DefaultValueFactory = _ => 0.003 });
var cache = new Option<int>("--cache") { Description = "MiB of each", DefaultValueFactory = _ => 2048 };
var svmThreads = new Option<int>("--threads") { Description = "Threads of Sonde; libsvm has one", DefaultValueFactory = _ => Environment.ProcessorCount };
var svmRounds = new Option<int>("--rounds") { Description = "Times that each trains, in turn", DefaultValueFactory = _ => 3 };
counts.Each(1);
most.AtLeast(1);
cache.AtLeast(1);
svmThreads.AtLeast(1);
svmRounds.AtLeast(1);
var svm = new Command("svm", "Trains support vector machines of the same Shapeset examples with Sonde and scikit-learn (libsvm).")
{
    counts, most, c, gamma, cache, svmThreads, svmRounds, save,
};
svm.SetAction(parsed =>
{
    var setting = new SupportVectorSetting(parsed.GetValue(c), parsed.GetValue(gamma)) { CacheMebibytes = parsed.GetValue(cache) };
    var results = new SupportVectorContest(setting, parsed.GetValue(svmThreads), parsed.GetValue(svmRounds)).Run(parsed.GetValue(counts)!,
        parsed.GetValue(most));
    Console.WriteLine(ResultsFolder.Text(results));
    if (parsed.GetValue(save))
        Console.Error.WriteLine($"wrote {ResultsFolder.Write("svm", [], results)}");
    return 0;
});
root.Add(svm);

var layers = new Option<int[]>("--layers")
{
    Description = "Which hidden layers", DefaultValueFactory = _ => [1, 2, 3, 4, 5], AllowMultipleArgumentsPerToken = true,
};
layers.Each(1, 5);
var autoencoder = new Command("autoencoder", "Pre-trains each layer of the paper's network as a denoising autoencoder with Sonde and PyTorch.")
{
    layers, threads, rounds, seconds, distance, save,
};
autoencoder.SetAction(parsed =>
{
    var apart = parsed.GetValue(distance)!;
    using var contest = new Contest([PeerList.Autoencoder], parsed.GetValue(threads)!, (apart[0], apart[1]));
    var comparisons = new List<Comparison>();
    foreach (var workload in WorkloadList.Autoencoders.Where(workload => parsed.GetValue(layers)!.Contains(workload.Layer)))
    {
        comparisons.Add(contest.Run(workload, parsed.GetValue(rounds) ?? 5, parsed.GetValue(seconds) ?? 0.5));
        Console.WriteLine(ComparisonText.Table(comparisons[^1]));
    }
    if (parsed.GetValue(save))
        Console.Error.WriteLine($"wrote {ResultsFolder.Write("autoencoder", contest.Versions, ComparisonJson.Of(comparisons))}");
    return 0;
});
root.Add(autoencoder);
return await root.Parse(args).InvokeAsync();
