using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.Baselines;
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Measuring;

namespace Sonde.PeerBenchmarks;

/// <summary>Support vector machines of the same Shapeset examples, C, gamma, tolerance and cache, trained in turn by Sonde and by scikit-learn.</summary>
/// <param name="setting">With what.</param>
/// <param name="threads">Sonde's threads; libsvm has one.</param>
/// <param name="rounds">How often each trains.</param>
internal sealed class SupportVectorContest(SupportVectorSetting setting, int threads, int rounds)
{
    private const int Inputs = 1024, Tests = 1000;

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    /// <summary>Trains at each number of examples; the peer only up to a number.</summary>
    public JsonArray Run(IReadOnlyList<int> counts, int mostOfPeer)
    {
        var folder = Directory.CreateTempSubdirectory("sonde-svm-").FullName;
        try
        {
            var data = new ShapesetDataset();
            var (inputs, labels) = data.Open(Split.Train, 1).Read(0, counts.Max());
            var (test, truth) = data.Open(Split.Test, 1).Read(0, Tests);
            File.WriteAllBytes(Path.Combine(folder, "train.f32"), MemoryMarshal.AsBytes(inputs.AsSpan()));
            File.WriteAllBytes(Path.Combine(folder, "train.i32"), MemoryMarshal.AsBytes(labels.AsSpan()));
            File.WriteAllBytes(Path.Combine(folder, "test.f32"), MemoryMarshal.AsBytes(test.AsSpan()));
            using var peer = counts.Min() <= mostOfPeer ? Start() : null;
            var results = new JsonArray();
            foreach (var count in counts)
                results.Add(Compare(inputs[..(count * Inputs)], labels[..count], test, truth, count <= mostOfPeer ? peer : null, folder));
            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private JsonObject Compare(float[] inputs, int[] labels, float[] test, int[] truth, Process? peer, string folder)
    {
        var (ours, theirs, oursWorked, theirsWorked) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        using var self = Process.GetCurrentProcess();
        SupportVectorMachine machine = null!;
        JsonNode? answer = null;
        for (var round = 0; round < rounds; round++)
        {
            self.Refresh();
            var (begun, worked) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
            machine = SupportVectorMachine.Train(inputs, labels, setting, threads);
            ours.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            self.Refresh();
            oursWorked.Add((self.TotalProcessorTime - worked).TotalSeconds);
            if (peer is null)
                continue;
            peer.StandardInput.WriteLine(new JsonObject
            {
                ["folder"] = folder, ["count"] = labels.Length, ["inputs"] = Inputs, ["c"] = setting.C, ["gamma"] = setting.Gamma,
                ["tolerance"] = setting.Tolerance, ["cacheMebibytes"] = setting.CacheMebibytes,
            }.ToJsonString());
            peer.StandardInput.Flush();
            answer = JsonNode.Parse(peer.StandardOutput.ReadLine() ?? throw new PeerException("scikit-learn stopped without an answer"))!;
            theirs.Add(answer["seconds"]!.GetValue<double>());
            theirsWorked.Add(answer["processorSeconds"]!.GetValue<double>());
        }
        var predicted = machine.Predict(test, threads);
        var agree = answer?["predicted"].Deserialize<int[]>()!.Zip(predicted).Count(pair => pair.First == pair.Second);
        var line = $"{labels.Length} examples: Sonde {ours.Min():0.00} s on {threads} threads ({oursWorked.Min():0.00} of processor), "
            + $"{machine.SupportVectors.Count} support vectors, "
            + $"error {100.0 * predicted.Zip(truth).Count(pair => pair.First != pair.Second) / Tests:0.0} %";
        Console.Error.WriteLine(theirs.Count == 0 ? line : $"{line}; scikit-learn {theirs.Min():0.00} s ({theirsWorked.Min():0.00}), "
            + $"{answer!["supportVectors"]} support vectors, {agree} of {Tests} fresh examples alike; {theirs.Min() / ours.Min():0.0} times faster");
        return new()
        {
            ["examples"] = labels.Length, ["c"] = setting.C, ["gamma"] = setting.Gamma, ["threads"] = threads,
            ["supportVectors"] = machine.SupportVectors.Count,
            ["steps"] = machine.Machines.Sum(two => two.Steps), ["seconds"] = Times(ours), ["processorSeconds"] = Times(oursWorked),
            ["peerSeconds"] = Times(theirs), ["peerProcessorSeconds"] = Times(theirsWorked),
            ["peerSupportVectors"] = answer?["supportVectors"]!.DeepClone(), ["alike"] = agree, ["tests"] = Tests,
            ["ratio"] = theirs.Count == 0 ? null : ResultsFolder.Number(theirs.Min() / ours.Min()),
        };
    }

    private static JsonArray Times(List<double> seconds) => new([.. seconds.Select(ResultsFolder.Number)]);

    private static Process Start()
    {
        var python = Pythons.FirstOrDefault(python => Tool.Succeeds(python, "-c", "import sklearn"))
            ?? throw new PeerException("no python3 that can import sklearn; on Debian: apt install python3-sklearn");
        var process = Process.Start(new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peer_libsvm.py")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Console.Error.WriteLine($"scikit-learn {process.StandardOutput.ReadLine()}");
        return process;
    }
}
