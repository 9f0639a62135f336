using System.Reflection;

namespace Sonde.Samples.Tests;

/// <summary>The programs of <c>samples/</c>, run to their end. A sample that is shown in a document must say there what it says here.</summary>
public sealed class SampleTests
{
    [Fact]
    public void TrainAndExplain_SaysWhyTheNetworkDoesNotLearn() =>
        Assert.Matches("layer 4", Assert.Single(Run("TrainAndExplain")));

    [Fact]
    public void TrainAndPredict_AnswersAsWellFromTheFile()
    {
        var lines = Run("TrainAndPredict");
        Assert.StartsWith("It learns: the test error fell from ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^Test error 7\d\.\d %\.$", lines[1]);
        Assert.Equal(7, lines.Length);
        Assert.All(lines[2..], line => Assert.Contains(", and it is ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void ProbeAtInitialization_ShowsGradientsVanishUnderStandardAlone()
    {
        var share = Run("ProbeAtInitialization").ToDictionary(
            line => line.Split(' ')[0], line => double.Parse(line.Split("gets")[1].Split("of")[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(share["standard"], 0, 0.1);
        Assert.InRange(share["normalized"], 0.3, 1.5);
        Assert.InRange(share["orthogonal"], 0.3, 1.5);
    }

    [Fact]
    public void OwnActivation_IsMeasuredLikeABuiltInOne() =>
        Assert.Equal(["tanh activation", "tanh backpropagatedGradient", "swish activation", "swish backpropagatedGradient"],
            Run("OwnActivation").Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2))));

    [Fact]
    public void OwnArrays_AreLearnedSavedAndAnswered()
    {
        var lines = Run("OwnArrays");
        Assert.StartsWith("Done. It learns: the test error fell from ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["agree, differ"], lines[1..]);
    }

    [Fact]
    public void OwnTrainingLoop_IsJudgedAndDrawn()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-samples-").FullName;
        try
        {
            var lines = Run("OwnTrainingLoop", folder);
            Assert.StartsWith("It has not learned: ", lines[0], StringComparison.Ordinal);
            Assert.Contains("back-propagated gradients vanish on the way down", lines[0], StringComparison.Ordinal);
            Assert.Matches("^[1-9][0-9] figures: ", lines[^1]);
            Assert.True(File.Exists(Path.Combine(folder, "report.html")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Samples print, and only one may own the console at a time.
    private static readonly Lock Console = new();

    private static string[] Run(string sample, params string[] arguments)
    {
        lock (Console)
        {
            var before = System.Console.Out;
            using var output = new StringWriter();
            System.Console.SetOut(output);
            try
            {
                Assembly.Load(sample).EntryPoint!.Invoke(null, [arguments]);
            }
            finally
            {
                System.Console.SetOut(before);
            }
            return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
