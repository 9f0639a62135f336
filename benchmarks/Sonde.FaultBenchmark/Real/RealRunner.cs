using Sonde.Data.Fetching;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Studies;

namespace Sonde.FaultBenchmark.Real;

/// <summary>Trains real cases and their healthy twins into a folder, three seeds each, and trains none that are there already.</summary>
/// <param name="into">The folder.</param>
/// <param name="sets">The published images that some cases are on.</param>
/// <param name="notice">Receives sentences.</param>
internal sealed class RealRunner(string into, PublishedSets sets, Action<string> notice)
{
    /// <summary>Trains what is missing.</summary>
    /// <param name="fault">The case or its twin.</param>
    /// <param name="name">Its name.</param>
    /// <param name="asked">Updates that the program asks for; a case that was measured for fewer is trained for those.</param>
    /// <param name="cancellation">Stops before the next update.</param>
    /// <returns>The run folder; null if it was cancelled.</returns>
    public RunFolder? Train(FaultCase fault, string name, int asked, CancellationToken cancellation)
    {
        var folder = Path.Combine(into, name, "run");
        if (Find(folder) is { } done)
            return done;
        new CaseStudy(fault, name, into, sets).Write();
        var updates = fault.Number("updates") == asked ? Math.Min(asked, fault.Number("measured.fault.updates", asked)) : fault.Number("updates");
        var study = StudyFile.Read(Path.Combine(into, name, "study.yaml"), [$"training.updates={updates}"]);
        var runner = new StudyRunner(study, folder, new() { Data = DataFolder.OfUser(), Parallel = 1, Threads = 1 }, TimeProvider.System);
        runner.Train(cancellation);
        foreach (var failure in runner.Failures)
            notice($"{name}: {failure.Message}");
        return Find(folder);
    }

    /// <summary>Finds a run folder whose three trials have ended; null if there is none.</summary>
    public static RunFolder? Find(string folder) => Directory.Exists(Path.Combine(folder, RunFolder.TrialsFolderName))
        && RunFolder.Open(folder) is var run && run.Trials.Count == 3
        && run.Trials.All(id => run.FindManifest(id) is { } manifest && TrialStatus.IsFinished(manifest.Status)) ? run : null;
}
