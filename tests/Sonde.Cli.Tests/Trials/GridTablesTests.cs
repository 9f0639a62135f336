using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Cli.Trials;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Cli.Tests.Trials;

public sealed class GridTablesTests
{
    private const string Grid = """
        study: grid
        data: mnist
        network: {activation: [tanh, relu]}
        training: {learningRate: [0.01, 0.1, 1]}
        """;

    [Fact]
    public void Effects_AndErrorsOverTheRate_AreTables() => Assert.EndsWith("""

        Effect of each setting, in points of test error from the mean of its values, all else equal (less is better):
        setting       spread  comparisons  values, best first
        ------------  ------  -----------  ---------------------------
        learningRate     7.0            2  0.1 -4.1, 1 +2.3, 0.01 +2.9
        activation       2.0            2  relu -1.0, tanh +1.0

        Test error in per cent over learningRate:
        other settings  0.01  0.1     1
        --------------  ----  ---  ----
        relu            10.0  3.0  10.0
        tanh            12.0  5.0     -
        -: no trial there has a result.

        """.ReplaceLineEndings("\n"), Written(setting => setting switch
    {
        { Activation.Name: "tanh", LearningRate: > 0.5f } => double.NaN,
        _ => (setting.Activation.Name == "relu" ? 0 : 2) + (setting.LearningRate is > 0.05f and < 0.5f ? 3 : 10),
    }));

    [Fact]
    public void TrialsThatAllGuess_HaveNoTables() =>
        Assert.Equal("\ngrid: All 6 trials are done. None of them has learned (chance is 88.7 %).\n", Written(_ => 88.7));

    private static string Written(Func<TrialSetting, double> testError)
    {
        List<FoundTrial> trials =
        [
            .. StudyFile.Parse(Grid, "g.yaml").Trials.Select(trial =>
            {
                var error = testError(trial.Setting);
                var status = double.IsNaN(error) ? TrialStatus.Diverged : TrialStatus.Done;
                return new FoundTrial(trial.Id, TrialSetting.Read(trial.Setting.Flat), status, new()
                {
                    Id = trial.Id, Study = "grid", Setting = trial.Setting.Flat, Seed = trial.Setting.Seed, Versions = new Dictionary<string, string>(),
                    Machine = new Dictionary<string, string>(), Status = status, Updates = 10,
                    Result = double.IsNaN(error) ? null : new(1, error + 0.5, 1, error, 1),
                }, null);
            }),
        ];
        return InProcess.Capture(() =>
        {
            GridTables.Write("grid", GridSummary.Of(trials), trials.Count);
            return 0;
        }).Output;
    }
}
