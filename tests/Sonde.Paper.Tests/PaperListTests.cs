using Sonde.Paper.Verdicts;
using Sonde.Studies;

namespace Sonde.Paper.Tests;

public sealed class PaperListTests
{
    [Fact]
    public void Names_AreDifferent() => Assert.Equal(PaperList.All.Count, PaperList.All.Select(item => item.Name).Distinct().Count());

    [Fact]
    public void EachStudyOfAnItem_HasEveryScale_AndLargerOnesAreNoShorter()
    {
        foreach (var study in PaperList.StudiesOf(PaperList.All))
        {
            Assert.True(StudyList.Names.Contains(study), $"An item needs the study {study}, which does not come with Sonde. Add studies/{study}.yaml.");
            var updates = PaperScale.Names.Select(scale => StudyList.Open(study, scale: scale).Trials.Sum(trial => trial.Setting.Plan.Updates)).ToList();
            Assert.True(updates.Zip(updates.Skip(1)).All(pair => pair.First <= pair.Second),
                $"{study}: expected no fewer updates at a larger scale, got {string.Join(", ", updates)} for {string.Join(", ", PaperScale.Names)}.");
        }
    }

    [Fact]
    public void EachItem_WithoutRecords_IsOpenAndNamesItsStudies()
    {
        using var made = new MadeUpRuns();
        foreach (var item in PaperList.All.Where(item => item.Studies.Count > 0))
        {
            var result = item.Evaluate(made.Runs);
            Assert.Equal(Agreement.NotRun, result.Agreement);
            Assert.Equal($"There are no records of {string.Join(", ", item.Studies)} yet.", result.Sentence);
        }
    }
}
