using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Fields;

/// <summary>Numbers as people write them are refused with the text that means the same.</summary>
public sealed class CureTests
{
    [Theory]
    [InlineData("training: {updates: 20k}", "got '20k'. Write 20000.")]
    [InlineData("training: {updates: 1.5M}", "got '1.5M'. Write 1500000.")]
    [InlineData("training: {updates: 1_000}", "got '1_000'. Write 1000.")]
    [InlineData("training: {updates: \"1,000\"}", "got '1,000' in quotes. Write 1000, without quotes.")]
    [InlineData("training: {learningRate: \"0,01\"}", "got '0,01' in quotes. Write 0.01, without quotes.")]
    [InlineData("training: {learningRate: \"0.01\"}", "got '0.01' in quotes. Take the quotes off.")]
    [InlineData("training: {learningRate: 1e400}", "got '1e400'. Training is in single precision, whose numbers above 0 are 1.4e-45 to 3.4e38.")]
    [InlineData("network: {init: gaussian(-1)}", "got 'gaussian(-1)'. Write one number in the brackets, above 0, such as gaussian(0.05).")]
    [InlineData("network: {init: uniform(0.1}", "got 'uniform(0.1'. Write one number in the brackets, above 0, such as uniform(0.05).")]
    [InlineData("network: {biasInit: constant(nan)}", "got 'constant(nan)'. Write one number in the brackets, such as constant(0.05).")]
    [InlineData("data: {name: shape-set, side: 16}", "got '16'. Did you mean the dataset 'shapeset'?")]
    [InlineData("data: {name: my-photos, side: 16}", "got '16'. Remove it, or name another dataset.")]
    [InlineData("training:\n  updates: 1,000", "got '1,000'. Write 1000.")]
    [InlineData("training:\n  updates: 20 000", "got '20 000'. Write 20000.")]
    [InlineData("training:\n  updates: 1.000", "got '1.000'. Write 1000.")]
    [InlineData("training:\n  updates:", "got nothing. Put a value after the colon, such as 20000, or remove the line.")]
    [InlineData("training:\n  learningRate: 0,01", "got '0,01'. Write 0.01.")]
    [InlineData("training: {learningRate: 1%}", "got '1%'. Write 0.01.")]
    [InlineData("training: {learningRate: 0,01}", "got '01'. Inside braces a comma begins the next field; a number has a point, such as 0.01, and no comma.")]
    [InlineData("network: {hidden: 10*3}", "got '10*3'. Write 10x3.")]
    [InlineData("network: {hidden: 10 x 3}", "got '10 x 3'. Write 10x3.")]
    [InlineData("network: {hidden: 10X3}", "got '10X3'. Write 10x3.")]
    [InlineData("network: {hidden: 10 \u00D7 3}", "got '10 \u00D7 3'. Write 10x3.")]
    [InlineData("network: {hidden: 10-20-5}", "got '10-20-5'. Write 10,20,5.")]
    [InlineData("network: {hidden: \"(10, 20)\"}", "got '(10, 20)'. Write 10,20.")]
    [InlineData("training: {updates: many}", "got 'many'.")]
    public void NumberAsPeopleWriteIt_IsRefusedWithTheOneThatIsMeant(string line, string end) =>
        Assert.EndsWith(end, Assert.Throws<StudyException>(() => StudyFile.Parse($"study: s\n{line}", "s.yaml")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("5", true)]
    [InlineData("[5]", false)]
    [InlineData("1", false)]
    [InlineData("2016", false)]
    public void OneSmallSeed_IsRemarkedOn(string seeds, bool isRemarked) => Assert.Equal(
        isRemarked ? ["seeds: 5 means one trial of each setting, with the seed 5; for 5 trials of each write seeds: [1, 2, 3, 4, 5]"] : [],
        StudyFile.Parse($"study: s\nseeds: {seeds}", "s.yaml").Remarks);

    [Theory]
    [InlineData(3, "search: 3 survivors of 3 trials mean that the search stops none; give fewer survivors or more trials")]
    [InlineData(2, null)]
    public void SearchThatStopsNoTrial_IsRemarkedOn(int survivors, string? remark) => Assert.Equal(
        remark is null ? [] : [remark],
        StudyFile.Parse($"study: s\nseeds: [1, 2, 3]\nsearch: {{method: halving, survivors: {survivors}}}", "s.yaml").Remarks);

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>", "a page of HTML or XML")]
    [InlineData("\u0089PNG\0\0", "a file that is not text in UTF-8")]
    public void FileOfAnotherKind_IsSaidToBeOne(string text, string kind)
    {
        var folder = Directory.CreateTempSubdirectory("sonde-kind-");
        try
        {
            var path = Path.Combine(folder.FullName, "report.html");
            File.WriteAllText(path, text);
            Assert.Equal($"{path}: expected a study file, got {kind}. Give the path of a .yaml file, a run folder, or a name that 'sonde studies' lists.",
                Assert.Throws<StudyException>(() => StudyList.Open(path)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void NameOfAStudy_MayHaveSlashes() => Assert.Contains("; a slash begins another such part, as in paper/shapeset)",
        Assert.Throws<StudyException>(() => StudyFile.Parse("study: a b", "s.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void LongChange_IsCutToANameThatFolderCanHave()
    {
        var study = StudyFile.Parse("study: paper/s", "s.yaml");
        string[] one = [$"data.path={new string('a', 300)}"], other = [$"data.path={new string('a', 301)}"];
        var name = StudyList.FolderNameOf(study, one);
        Assert.StartsWith("paper/s-data.path-aaa", name, StringComparison.Ordinal);
        Assert.True(name.Length < 200, name);
        Assert.NotEqual(name, StudyList.FolderNameOf(study, other));
        Assert.Equal("paper/s-quick-batch-5", StudyList.FolderNameOf(study, ["training.batch=5"], "quick"));
    }
}
