namespace Sonde.Cli.Tests;

/// <summary>A small study, trained once for all tests that only look at it: two models, two learning rates, two seeds.</summary>
public sealed class SmallRun : IDisposable
{
    /// <summary>Its study file.</summary>
    public const string Study = """
        # Two models of two learning rates
        study: small
        data: {name: shapeset, side: 16}
        network: {hidden: 20x2, activation: [tanh, sigmoid]}
        training: {updates: 40, learningRate: [0.01, 0.1]}
        seeds: [1, 2]
        probe: {every: 20, examples: 20, jacobian: 2}
        evaluate: {every: 20, examples: 60}
        checkpoint: {every: 20}
        """;

    private readonly Scratch scratch = new();

    public SmallRun()
    {
        var ended = Command.Run("run", scratch.Write("small.yaml", Study), "--out", Folder, "--json");
        Assert.True(ended.Code == 0, ended.Error);
    }

    /// <summary>Its run folder, which no test changes.</summary>
    public string Folder => scratch["run"];

    /// <summary>A copy that a test may change.</summary>
    internal string CopyTo(Scratch other)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(other["copy"], Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return other["copy"];
    }

    public void Dispose() => scratch.Dispose();
}
