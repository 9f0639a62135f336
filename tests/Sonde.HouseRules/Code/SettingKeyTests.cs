using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>A setting has names in study files and in <c>trial.json</c> only: outside of Sonde.Studies it is typed.</summary>
public sealed partial class SettingKeyTests
{
    [Fact]
    public void KeysOfSettings_StayInStudies()
    {
        var offences = from path in Repository.SourceFiles("src")
                       where !path.StartsWith("src/Sonde.Studies/", StringComparison.Ordinal)
                       from line in Repository.Read(path).Split('\n').Select((text, index) => (text, index))
                       where !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
                       from Match key in Key().Matches(line.text)
                       select $"{path}({line.index + 1}): the key {key.Value}. Only Sonde.Studies knows keys; read the typed value from TrialSetting.";
        Assert.True(!offences.Any(), string.Join('\n', offences));
    }

    [GeneratedRegex(@"""(?:network|training|probe|evaluate|checkpoint|pretraining)\.[a-zA-Z][\w.]*"""
        + @"|""data\.(?:name|side|seed|range|objects|path|task|order|scale|validation|test)""")]
    private static partial Regex Key();
}
