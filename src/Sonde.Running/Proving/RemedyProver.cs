using System.Security.Cryptography;
using System.Text;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Proving;

/// <summary>Tries remedies of a trial in short trainings, paired by seed, so with the same examples in the same order. Each setting has a run folder of its own
/// below <c>proof/</c> in that of the trial; the same proof again resumes what is there.</summary>
/// <param name="directory">The run folder of the trial.</param>
/// <param name="id">The trial.</param>
/// <param name="setting">Its setting.</param>
/// <param name="trial">Its records.</param>
/// <param name="options">How remedies are tried.</param>
/// <param name="train">Trains what a runner holds, shows its progress, and returns when all is done or cancelled.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="notice">Receives sentences for the user.</param>
internal sealed class RemedyProver(
    string directory, string id, TrialSetting setting, TrialHistory trial, ProofOptions options, Action<StudyRunner> train, TimeProvider time,
    Action<string> notice)
{
    private const string Folder = "proof", AsIs = "as-is", AtRandom = "random";
    private readonly ulong[] seeds = [.. Enumerable.Range(0, options.Seeds).Select(k => setting.Seed + (ulong)k)];
    private readonly Dictionary<int, IReadOnlyList<double>> random = [];

    /// <summary>Updates of a training with the setting as it is.</summary>
    private long Updates => Math.Min(setting.Plan.Updates, options.Budget);

    /// <summary>Tries remedies, the likeliest first, until one cures: each alone, then the first two that do not exclude each other together.</summary>
    /// <param name="ranked">The remedies, the likeliest first.</param>
    /// <param name="cancellation">Stops; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="StudyException">The setting as it is cannot be trained here.</exception>
    /// <exception cref="DataException">The data are missing.</exception>
    public Proof Prove(IReadOnlyList<Remedy> ranked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        if (ranked.Count == 0)
            return new(Updates, [], []);
        var before = Train(AsIs, new(), seeds, cancellation);
        var tried = new List<TriedRemedy>();
        foreach (var remedy in Candidates(ranked).Take(options.MostTried))
        {
            if (FindErrors(remedy.Name, remedy.Change, seeds, cancellation) is not { } after)
                continue;
            tried.Add(new(remedy, before, after, Randomly(remedy.Change.Size, cancellation)));
            if (tried[^1].Cures)
                break;
        }
        return new(Updates, before, tried);
    }

    // The second remedy alone, then both: where scale, rate and initializer are one knob, one alone often harms.
    private static IEnumerable<Remedy> Candidates(IReadOnlyList<Remedy> ranked) =>
        ranked.Take(2).Concat(ranked.Count > 1 ? [ranked[0].With(ranked[1])] : []).Concat(ranked.Skip(2)).DistinctBy(remedy => remedy.Change);

    private IReadOnlyList<double> Randomly(int size, CancellationToken cancellation)
    {
        if (!random.TryGetValue(size, out var errors))
            random[size] = errors = [.. seeds.SelectMany(seed =>
                FindErrors($"{AtRandom}-{seed}", RemedyList.DrawRandom(trial, size, id, seed), [seed], cancellation) ?? [])];
        return errors;
    }

    // Null for a change that cannot be trained, such as one that the data do not allow.
    private double[]? FindErrors(string name, SettingChange change, IReadOnlyList<ulong> ofSeeds, CancellationToken cancellation)
    {
        try
        {
            return Train(name, change, ofSeeds, cancellation);
        }
        catch (Exception impossible) when (impossible is StudyException or DataException or ArgumentException)
        {
            notice($"{name} cannot be tried: {impossible.Message}");
            return null;
        }
    }

    private double[] Train(string name, SettingChange change, IReadOnlyList<ulong> ofSeeds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var study = Study.WithChange(Folder, setting, change, ofSeeds, Updates, description: $"{id}, {name}");
        var text = StudyFile.Write(study);
        // Another budget or other seeds are another proof.
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..4]);
        var runner = new StudyRunner(study, Path.Combine(directory, Folder, id, $"{name}-{digest}"), options.Run, time, notice);
        train(runner);
        if (runner.Trials.Any(progress => !TrialStatus.IsFinished(progress.Now.Status)))
            cancellation.ThrowIfCancellationRequested();
        return [.. study.Trials.Select(changed => ErrorOf(runner.Run.FindManifest(changed.Id)))];
    }

    // What broke has learned nothing, and neither has what is worse than the best constant answer.
    private static double ErrorOf(TrialManifest? manifest)
    {
        var worst = manifest?.ChanceError ?? 100;
        var error = manifest?.Result is not { } result || manifest.Status != TrialStatus.Done ? double.NaN
            : double.IsFinite(result.ValidationError) ? result.ValidationError : result.TestError;
        return double.IsFinite(error) ? Math.Min(error, worst) : worst;
    }
}
