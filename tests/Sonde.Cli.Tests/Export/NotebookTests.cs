using Sonde.Interop.Tests;

namespace Sonde.Cli.Tests.Export;

/// <summary>The notebooks in <c>samples/notebooks</c>, run on a small study, before and after its tables are joined.</summary>
public sealed class NotebookTests(SmallRun small) : IClassFixture<SmallRun>
{
    [Theory]
    [InlineData("curves", false)]
    [InlineData("layers", false)]
    [InlineData("weights", true)]
    public void Notebook_RunsAndDraws(string name, bool isCompact)
    {
        Python.Require("python3-nbclient, python3-ipykernel and python3-matplotlib", "nbclient", "nbformat", "ipykernel", "matplotlib");
        using var scratch = new Scratch();
        var run = small.CopyTo(scratch);
        if (isCompact)
            Assert.Equal(0, Command.Run("compact", run).Code);
        var notebook = Path.Combine(AppContext.BaseDirectory, "notebooks", $"{name}.ipynb");
        Assert.Equal("2 pictures, 2 of them with content\n", Python.Run("run_notebook.py", notebook, run, scratch["pictures"]));
    }
}
