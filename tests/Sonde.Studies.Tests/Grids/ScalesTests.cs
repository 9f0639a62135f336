using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Grids;

public sealed class ScalesTests
{
    private const string Text = """
        study: sized
        network: {hidden: 20x2, activation: [tanh, softsign]}
        training: {updates: 1000}
        scales:
          quick: {training: {updates: 10}, network: {activation: tanh}}
          long: {training: {updates: 50}, seeds: [1, 2], variants: {wide: {network: {hidden: 40x2}}}}
          same:
        """;

    [Fact]
    public void NoScale_IsTheStudyAsItStands() =>
        Assert.Equal([("tanh-standard-lr0.01-s1", 1000), ("softsign-standard-lr0.01-s1", 1000)], Trials(null));

    [Fact]
    public void AScale_ReplacesWhatItSaysAndKeepsTheRest()
    {
        var study = StudyFile.Parse(Text, "s.yaml", scale: "quick");

        Assert.Equal([("tanh-standard-lr0.01-s1", 10)], Trials("quick"));
        Assert.Equal([20, 20], study.Trials[0].Setting.Hidden);
        Assert.DoesNotContain("scales", StudyFile.Write(study), StringComparison.Ordinal);
        Assert.Equal(StudyFile.Write(study), StudyFile.Write(StudyFile.Parse(StudyFile.Write(study), "again.yaml")));
    }

    [Fact]
    public void AScale_MayAddVariantsAndSeeds() => Assert.Equal(
        ["wide-tanh-s1", "wide-tanh-s2", "wide-softsign-s1", "wide-softsign-s2"], StudyFile.Parse(Text, "s.yaml", scale: "long").Trials.Select(t => t.Id));

    [Fact]
    public void AnEmptyScale_ChangesNothing() => Assert.Equal(Trials(null), Trials("same"));

    [Fact]
    public void AnOverride_ComesAfterTheScale() =>
        Assert.Equal(7, StudyFile.Parse(Text, "s.yaml", ["training.updates=7"], "quick").Trials[0].Setting.Plan.Updates);

    [Theory]
    [InlineData(Text, "quik", "s.yaml:1:1: expected one of its scales quick, long, same, got the scale 'quik'. Did you mean 'quick'?")]
    [InlineData("study: s", "quick", "s.yaml:1:1: expected a study that has scales, got the scale 'quick'. Leave --scale out, or change settings with --set.")]
    [InlineData("study: s\nscales: quick", null, "s.yaml:2:9: scales: expected named settings such as {quick: {training: {updates: 1000}}}, got 'quick'.")]
    [InlineData("study: s\nscales: {quick: 3}", null,
        "s.yaml:2:17: scales.quick: expected settings such as {training: {updates: 1000}}, got '3'. Leave it empty for a scale that changes nothing.")]
    [InlineData("study: s\nscales: {a b: }", null, "s.yaml:2:10: scales.a b: expected a scale's name")]
    [InlineData("study: s\nscales: {quick: {study: t}}", null, "s.yaml:2:18: scales.quick: expected settings and variants alone, got 'study'. Remove it.")]
    [InlineData("study: s\nscales: {quick: {training: {updats: 3}}}", null, "s.yaml:2:29: training.updats: expected one of the fields")]
    public void AWrongScale_IsRefusedWhereverItStands(string text, string? scale, string message) =>
        Assert.StartsWith(message, Assert.Throws<StudyException>(() => StudyFile.Parse(text, "s.yaml", scale: scale)).Message, StringComparison.Ordinal);

    private static IEnumerable<(string, long)> Trials(string? scale) =>
        StudyFile.Parse(Text, "s.yaml", scale: scale).Trials.Select(trial => (trial.Id, trial.Setting.Plan.Updates));
}
