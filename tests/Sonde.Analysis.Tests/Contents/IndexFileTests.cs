using Sonde.Analysis.Contents;
using Sonde.Records.Indexes;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Tests.Contents;

public sealed class IndexFileTests : IDisposable
{
    private const int Trials = 8;

    private static readonly string Text = $$"""
        study: many
        network: {hidden: 10x2}
        training: {updates: 12}
        seeds: [{{string.Join(", ", Enumerable.Range(1, Trials + 1))}}]
        """;

    private readonly WrittenRun written = new(Text);

    public void Dispose() => written.Dispose();

    private static string Id(int seed) => $"tanh-standard-lr0.01-s{seed}";

    private string IndexPath => TrialIndex.PathIn(written.Run.Directory);

    private string ManifestPath(int seed) => written.PathOf(Id(seed), "trial.json");

    [Fact]
    public void LargeFolder_LeavesAnIndexThatReadsTheSame()
    {
        Fill();
        var first = Read();
        Assert.Equal(Trials, TrialIndex.Find(written.Run.Directory)!.Trials.Count(trial => trial.Manifest is not null));
        var second = Read();
        Assert.Equal(first.Select(Words), second.Select(Words));
        Assert.Equal("waiting", second[^1].Status);
        // The second reading believed the index: the file itself cannot be read any more.
        Damage(3, keepStamp: true);
        Assert.Equal(Words(first[2]), Words(Read()[2]));
    }

    [Fact]
    public void ChangedTrial_IsReadAgain()
    {
        Fill();
        Read();
        Damage(3, keepStamp: false);
        Assert.Equal("damaged", Read()[2].Status);
        File.Delete(ManifestPath(4));
        Assert.Equal("waiting", Read()[3].Status);
    }

    [Fact]
    public void TrialsThatWereJustWritten_AreNotInTheIndex()
    {
        Fill(isOld: false);
        Read();
        Assert.All(TrialIndex.Find(written.Run.Directory)!.Trials, trial => Assert.Null(trial.Manifest));
    }

    [Fact]
    public void AnyChangedByteOfTheIndex_GivesTheSameTrials()
    {
        Fill();
        var whole = Read().Select(Words).ToList();
        var content = File.ReadAllBytes(IndexPath);
        var random = new Random(1);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var damaged = content.ToArray();
            // Half of the places are in the last kilobyte, where the footer is.
            var place = attempt % 2 == 0 ? random.Next(content.Length) : content.Length - 1 - random.Next(1000);
            damaged[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(IndexPath, damaged);
            Assert.Equal(whole, Read().Select(Words));
        }
        File.WriteAllBytes(IndexPath, content[..(content.Length / 2)]);
        Assert.Equal(whole, Read().Select(Words));
        File.WriteAllBytes(IndexPath, []);
        Assert.Equal(whole, Read().Select(Words));
    }

    [Fact]
    public void IndexThatCannotBeWritten_ChangesNothing()
    {
        Fill();
        // A file where the folder has to be denies the write to every user.
        File.WriteAllText(Path.Combine(written.Run.Directory, "index"), "");
        Assert.Equal(Trials, Read().Count(trial => trial.Status == "done"));
        var index = new RunIndex(written.Run, fewestIndexed: Trials);
        index.Refresh();
        index.CurvesOf(Id(1));
        index.LeaveCurves();
    }

    [Fact]
    public void SmallFolder_HasNoIndex()
    {
        Fill();
        RunContents.Read(written.Run);
        Assert.False(Directory.Exists(Path.Combine(written.Run.Directory, "index")));
    }

    [Fact]
    public void StudyWithMoreTrials_IsListedAgain()
    {
        Fill();
        Read();
        var longer = Studies.StudyFile.Parse(Text.Replace("seeds: [1,", "seeds: [9001, 1,", StringComparison.Ordinal), "t.yaml");
        written.Run.ReplaceStudy(Studies.StudyFile.Write(longer));
        Assert.Equal(Id(9001), Read()[0].Id);
    }

    [Fact]
    public void Curves_AreThinnedSharedAndLeft()
    {
        Fill();
        var index = new RunIndex(written.Run, fewestIndexed: Trials);
        index.Refresh();
        Assert.False(index.HasCurvesOf(Id(1)));
        var curves = Enumerable.Range(1, Trials).Select(seed => index.CurvesOf(Id(seed))).ToList();
        Assert.Same(curves[0]["test"].Updates, curves[1]["test"].Updates);
        Assert.Equal([0, 12], curves[0]["test"].Updates);
        Assert.Equal([90, 50], curves[0]["test"].Errors);
        var verdict = index.VerdictOf(Id(1));
        index.LeaveCurves();
        var next = new RunIndex(written.Run, fewestIndexed: Trials);
        next.Refresh();
        Assert.True(next.HasCurvesOf(Id(2)));
        Assert.Equal(curves[1]["test"].Errors, next.CurvesOf(Id(2))["test"].Errors);
        Assert.Equal(verdict, CurveIndex.Find(written.Run.Directory)![Id(1)].Verdict);
        Damage(2, keepStamp: false);
        next.Refresh();
        Assert.Empty(next.CurvesOf(Id(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(100_000)]
    public void ThinnedPlaces_AreInOrderWithBothEnds(int count)
    {
        var places = RunIndex.PlacesOf(count);
        Assert.Equal(Math.Min(count, RunIndex.MostPoints), places.Length);
        Assert.Equal(places.Distinct().Order(), places);
        if (count > 0)
            Assert.Equal((0, count - 1), (places[0], places[^1]));
    }

    private IReadOnlyList<FoundTrial> Read()
    {
        var index = new RunIndex(written.Run, fewestIndexed: Trials);
        index.Refresh();
        return index.Trials;
    }

    private static string Words(FoundTrial trial) => string.Join('|', trial.Id, trial.Status, trial.Updates, trial.Message,
        string.Join(',', trial.Setting.Flat.Select(pair => $"{pair.Key}={pair.Value}")), trial.Manifest?.Result, trial.Manifest?.Seed, trial.Manifest?.Attempt,
        trial.Manifest?.Study, trial.Manifest?.ChanceError, trial.Manifest?.TrainingExamples, trial.Manifest?.Divergence,
        string.Join(',', trial.Manifest?.Files ?? []), string.Join(',', trial.Manifest?.Versions ?? new Dictionary<string, string>()),
        string.Join(',', trial.Manifest?.Notes ?? []));

    /// <summary>Ends all trials but the last.</summary>
    private void Fill(bool isOld = true)
    {
        written.EndAll(Enumerable.Range(1, Trials).Select(Id), TrialStatus.Done, new(1.5, double.NaN, 2.25, 50, 1 / 3.0) { TestRmse = 0.7, TestMae = 1 / 7.0 },
            [new(0, "test", 2.3, 90), new(12, "test", 1.3, 50)]);
        if (!isOld)
            return;
        foreach (var seed in Enumerable.Range(1, Trials))
            File.SetLastWriteTimeUtc(ManifestPath(seed), DateTime.UtcNow.AddMinutes(-5));
    }

    private void Damage(int seed, bool keepStamp)
    {
        var time = File.GetLastWriteTimeUtc(ManifestPath(seed));
        var content = File.ReadAllBytes(ManifestPath(seed));
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(ManifestPath(seed), content);
        if (keepStamp)
            File.SetLastWriteTimeUtc(ManifestPath(seed), time);
    }
}
