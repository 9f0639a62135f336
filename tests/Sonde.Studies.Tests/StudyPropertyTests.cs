using CsCheck;

namespace Sonde.Studies.Tests;

/// <summary>What holds for every study, not only for those someone thought of.</summary>
public sealed class StudyPropertyTests
{
    private const int Studies = 400;
    private static readonly Gen<int> Numbers = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void AnyStudy_HasTrialsWithUniqueIdsThatAreFolderNames() => Numbers.Sample(number =>
    {
        var trials = StudyFile.Parse(new RandomStudy(number).Text, "r").Trials;
        Assert.NotEmpty(trials);
        Assert.Equal(trials.Count, trials.Select(t => t.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(trials, t => Assert.Matches(@"\A[A-Za-z0-9][A-Za-z0-9.+_-]{0,119}\z", t.Id));
        Assert.All(trials, t => Assert.Equal(t.Setting.Flat["seed"], $"{t.Setting.Seed}"));
    }, iter: Studies);

    [Fact]
    public void AnyStudy_WritesAndReadsBackEqual() => Numbers.Sample(number =>
    {
        var study = StudyFile.Parse(new RandomStudy(number).Text, "r");
        var written = StudyFile.Write(study);
        var again = StudyFile.Parse(written, "written");
        Assert.Equal(written, StudyFile.Write(again));
        Assert.Equal(study.Trials.Select(Whole), again.Trials.Select(Whole));
    }, iter: Studies);

    [Fact]
    public void OrderOfKeysVariantsZipsAndRules_ChangesNoTrial() => Numbers.Sample(number =>
    {
        var study = new RandomStudy(number);
        Assert.Equal(Settings(study.Text), Settings(study.Shuffled()));
    }, iter: Studies);

    [Fact]
    public void OtherTrials_ChangeNoTrial()
    {
        var compared = 0;
        Numbers.Sample(number =>
        {
            var study = new RandomStudy(number);
            // Rules are for one grid; another grid may have nothing to leave out.
            var (all, fewer) = (study.Root.DeepClone().AsObject(), study.Smaller());
            all.Remove("exclude");
            var (large, small) = (Settings(all.ToJsonString()), Settings(fewer));
            Assert.All(small, trial => Assert.Equal(large[trial.Key], trial.Value));
            compared += large.Count > small.Count ? small.Count : 0;
        }, iter: Studies, threads: 1);
        Assert.True(compared > Studies, $"{compared} trials were compared");
    }

    [Fact]
    public void AnyText_IsAStudyOrAStudyException()
    {
        string[] pieces =
        [
            "study: s\n", "network:", " {", "}", "[", "]", ",", "activation", ": ", "tanh", "\n", "  ", "- ", "? ", "\"", "'", "#", "&a ", "*a", "|", ">",
                "!!x ", "\t", "%", "@", "1000x5", "---", "...", "\0",
            "zip:", "exclude:", "network.activation", "variants:",
        ];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30].Sample(
            parts => Assert.StartsWith("r:", Assertions.Refusal(string.Concat(parts)) ?? "r:"), iter: 20_000);
    }

    private static SortedDictionary<string, string> Settings(string text) =>
        new(StudyFile.Parse(text, "r").Trials.ToDictionary(t => t.Id, Whole), StringComparer.Ordinal);

    private static string Whole(Trial trial) => $"{trial.Id}: {string.Join(';', trial.Setting.Flat.Select(s => $"{s.Key}={s.Value}"))}";
}
