using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sonde.Data.Fetching;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Studies;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Trains the trials of cases into a folder, and trains none that are there already.</summary>
/// <param name="into">The folder: one run folder for each case, and its arrays.</param>
/// <param name="notice">Receives sentences.</param>
internal sealed class CaseRunner(string into, Action<string> notice)
{
    private const string Mark = "made-of.txt";

    /// <summary>Returns the run folder of a case.</summary>
    public string FolderOf(SeededCase seeded) => Path.Combine(into, seeded.Part == Part.Calibrate ? "calibrate" : "held-out", seeded.Name);

    /// <summary>Trains what is missing. A case whose recipe or data changed is trained again from the beginning.</summary>
    /// <returns>False if it was cancelled.</returns>
    public bool Train(SeededCase seeded, CancellationToken cancellation)
    {
        var (folder, data) = (FolderOf(seeded), seeded.Recipe.FindData());
        if (data is { Train.Count: 0 })
        {
            notice($"{seeded.Name}: leaves no example to train on; it is not trained");
            return true;
        }
        var arrays = $"{folder}-data";
        var text = seeded.Recipe.Study(seeded.Name, arrays, seeded.Seeds, data);
        var mark = $"{text}# examples {DigestOf(data)}\n";
        var markPath = Path.Combine(arrays, Mark);
        if (Directory.Exists(arrays) && (!File.Exists(markPath) || File.ReadAllText(markPath) != mark))
        {
            notice($"{seeded.Name}: made of something else; it is trained again");
            Directory.Delete(arrays, recursive: true);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        if (IsDone(seeded))
            return true;
        Directory.CreateDirectory(arrays);
        if (data is not null)
            Write(arrays, data);
        File.WriteAllText(markPath, mark);
        var study = StudyFile.Parse(text, seeded.Name);
        var runner = new StudyRunner(study, folder, new() { Data = DataFolder.OfUser(), Parallel = 1, Threads = 1 }, TimeProvider.System);
        runner.Train(cancellation);
        foreach (var failure in runner.Failures)
            notice($"{seeded.Name}: {failure.Message}");
        return !cancellation.IsCancellationRequested;
    }

    /// <summary>True if every trial of the case has ended.</summary>
    public bool IsDone(SeededCase seeded) => FolderOf(seeded) is var folder && Directory.Exists(Path.Combine(folder, RunFolder.TrialsFolderName))
        && RunFolder.Open(folder) is var run && run.Trials.Count == seeded.Seeds.Count
        && run.Trials.All(id => run.FindManifest(id) is { } manifest && TrialStatus.IsFinished(manifest.Status));

    /// <summary>Writes the arrays of a data set into a folder.</summary>
    public static void Write(string folder, SeededData data)
    {
        Directory.CreateDirectory(folder);
        var areClasses = data is { Classes: > 0, AreLabels: false };
        var validation = data.Test.Select([.. Enumerable.Range(0, data.Test.Count / 3)]);
        foreach (var (part, examples) in (ReadOnlySpan<(string, Examples)>)[("train", data.Train), ("validation", validation), ("test", data.Test)])
        {
            examples.Inputs.Write(Path.Combine(folder, $"{part}-inputs.npy"));
            examples.Targets.Write(Path.Combine(folder, $"{part}-{(areClasses ? "labels" : "targets")}.npy"), areClasses);
        }
        if (areClasses)
            File.WriteAllLines(Path.Combine(folder, "classes.txt"), Enumerable.Range(0, data.Classes).Select(k => $"class {k}"));
    }

    private static string DigestOf(SeededData? data)
    {
        if (data is null)
            return "drawn by Sonde";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var array in (ReadOnlySpan<CaseArray>)[data.Train.Inputs, data.Train.Targets, data.Test.Inputs, data.Test.Targets])
            hash.AppendData(MemoryMarshal.AsBytes<float>(array.Values));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
