using Sonde.Analysis.Trials;
using Sonde.Data.Fetching;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Networks;
using Sonde.Running.Proving;
using Sonde.Studies;

namespace Sonde.Running.Tests.Proving;

public sealed class RemedyProverTests : IDisposable
{
    private static readonly Remedy Tanh = new("tanh", "It helps.", new()
    {
        Activation = ActivationList.Find("tanh"), Initializer = InitializerList.Find("normalized"),
    });

    private static readonly Remedy Slow = new("slow", "It does not help.", new() { LearningRate = 1e-7 });

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-prover-").FullName;
    private readonly List<string> notices = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void RemedyThatCures_EndsTheProofWithItsGain()
    {
        var proof = Prove(Signal(), [Tanh, Slow]);
        var tried = Assert.Single(proof.Tried);
        Assert.True(tried.Helps && tried.Cures, proof.Sentence);
        Assert.Equal(tried, proof.Best);
        Assert.Equal((3, 3, 3), (tried.Before.Count, tried.After.Count, tried.RandomAfter.Count));
        Assert.Equal(tried.Before.Average() - tried.After.Average(), tried.Gain.Mean, 1e-9);
        Assert.StartsWith("tanh helps: the error falls from ", proof.Sentence, StringComparison.Ordinal);
        Assert.Contains(" over 3 paired trainings of 300 updates. 3 random changes of the same size end at ", proof.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void RemediesThatDoNotHelp_AreTriedAloneAndTogetherAndSaidNotTo()
    {
        var proof = Prove(Signal(), [Slow, new("batch", "", new() { Batch = 9 })]);
        Assert.Equal(["slow", "batch", "slow+batch"], proof.Tried.Select(tried => tried.Remedy.Name));
        Assert.Null(proof.Best);
        Assert.StartsWith("Nothing helped: the error stays near ", proof.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ShuffledLabels_AreMendedByNothing()
    {
        var proof = Prove(Signal(isShuffled: true), [Tanh]);
        Assert.Null(proof.Best);
        Assert.Contains("with the one remedy that was tried for 300 updates. Check that labels belong to their inputs", proof.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ProofThatWasInterrupted_ResumesToTheSameNumbers()
    {
        var study = Signal();
        using var stop = new CancellationTokenSource();
        var runs = 0;
        Assert.Throws<OperationCanceledException>(() => Prove(study, [Tanh], runner =>
        {
            if (++runs == 2)
                stop.CancelAfter(TimeSpan.FromMilliseconds(30));
            runner.Train(stop.Token);
        }, stop.Token));
        var trained = new List<string>();
        var resumed = Prove(study, [Tanh], runner =>
        {
            if (!runner.Trials.All(trial => trial.Now.Status == "done"))
                trained.Add(Path.GetFileName(runner.Run.Directory)[..5]);
            runner.Train(CancellationToken.None);
        });
        Assert.DoesNotContain("as-is", trained);
        var fresh = Prove(study with { Directory = Path.Combine(folder, "other") }, [Tanh]);
        Assert.Equal(fresh.Before, resumed.Before);
        Assert.Equal(fresh.Tried[0].After, resumed.Tried[0].After);
        Assert.Equal(fresh.Tried[0].RandomAfter, resumed.Tried[0].RandomAfter);
    }

    [Fact]
    public void ChangeThatCannotBeTrained_IsSaidAndLeftOut()
    {
        var proof = Prove(Signal(), [new("two-outputs", "", new() { Outputs = 2 }), Slow]);
        Assert.DoesNotContain(proof.Tried, tried => tried.Remedy.Name == "two-outputs");
        Assert.Contains(notices, notice => notice.StartsWith("two-outputs cannot be tried: ", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutRemedies_NothingIsTrained()
    {
        var proof = Prove(Signal(), [], _ => throw new InvalidOperationException("Nothing is trained."));
        Assert.Equal(("There is no remedy to try.", null), (proof.Sentence, proof.Best));
    }

    private sealed record Trained(string Directory, Trial Trial, TrialHistory History);

    // Three classes that a straight cut tells apart; the deep sigmoid network of small weights does not learn them.
    private Trained Signal(bool isShuffled = false)
    {
        var data = Path.Combine(folder, $"data-{isShuffled}.csv");
        if (!File.Exists(data))
        {
            var random = new Random(1);
            var rows = Enumerable.Range(0, 300).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToList();
            List<int> labels = [.. rows.Select(row => row.X + row.Y < 0.8 ? 0 : row.X + row.Y < 1.2 ? 1 : 2)];
            if (isShuffled)
                labels = [.. labels.Index().OrderBy(label => label.Index * 7919 % 300).Select(label => label.Item)];
            File.WriteAllLines(data, ["x,y,label", .. rows.Zip(labels, (row, label) => FormattableString.Invariant($"{row.X},{row.Y},{label}"))]);
        }
        var study = StudyFile.Parse($$"""
            study: deep
            data: {name: arrays, path: {{data}}, validation: 60, test: 60}
            network: {hidden: 10x4, activation: sigmoid, init: gaussian(0.1)}
            training: {learningRate: 0.2, updates: 300}
            probe: {examples: 30}
            """, "deep");
        var directory = Path.Combine(folder, $"run-{isShuffled}");
        var runner = new StudyRunner(study, directory, Options.Run, TimeProvider.System);
        runner.Train(CancellationToken.None);
        return new(directory, study.Trials[0], TrialFacts.HistoryOf(runner.Run.ReadTrial(study.Trials[0].Id)));
    }

    private ProofOptions Options => new() { Run = new() { Data = DataFolder.OfUser(folder), Threads = 1 } };

    private Proof Prove(Trained trained, IReadOnlyList<Remedy> remedies, Action<StudyRunner>? train = null, CancellationToken cancellation = default) =>
        new RemedyProver(trained.Directory, trained.Trial.Id, trained.Trial.Setting, trained.History, Options,
            train ?? (runner => runner.Train(cancellation)), TimeProvider.System, notices.Add).Prove(remedies, cancellation);
}
