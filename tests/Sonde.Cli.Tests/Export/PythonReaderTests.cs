using Sonde.Interop.Tests;

namespace Sonde.Cli.Tests.Export;

/// <summary><c>python/sonde_reader.py</c> against the CSV export, and the TensorBoard export against a parser of its own, both in Python.</summary>
public sealed class PythonReaderTests(SmallRun small) : IClassFixture<SmallRun>
{
    [Fact]
    public void Reader_ReadsWhatTheExportsHold()
    {
        Python.Require();
        using var scratch = new Scratch();
        Assert.Equal(0, Command.Run("export", small.Folder, "--to", "csv", "--out", scratch["csv"]).Code);
        Assert.Equal(0, Command.Run("export", small.Folder, "--to", "tensorboard", "--out", scratch["events"]).Code);
        Assert.Matches(@"^[0-9]{4,} values, [0-9]{4,} bins, layer1\.weights \(256, 20\) float32\n$",
            Python.Run("read_run.py", small.Folder, scratch["csv"], scratch["events"]));
    }

    [Fact]
    public void TensorBoardExport_IsTheSameBytesEveryTime()
    {
        using var scratch = new Scratch();
        foreach (var name in (string[])["one", "two"])
            Assert.Equal(0, Command.Run("export", small.Folder, "--to", "tensorboard", "--out", scratch[name]).Code);
        var files = Directory.GetFiles(scratch["one"], "*", SearchOption.AllDirectories);
        Assert.Equal(8, files.Length);
        Assert.All(files, file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(scratch["two"], Path.GetRelativePath(scratch["one"], file)))));
    }
}
