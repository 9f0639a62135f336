using System.Diagnostics;
using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class ProcessLimitsTests
{
    private const string Header = "Limit                     Soft Limit           Hard Limit           Units     \n";

    [Theory]
    [InlineData("unlimited", "1048576", null)]
    [InlineData("8000000000", "256", null)]
    [InlineData("unlimited", "255", "this shell allows 255 open files, and Sonde needs 256. Raise the limit: ulimit -n 1024")]
    [InlineData("2048000000", "1024", "this shell allows 2048 MB of address space, and Sonde needs 4000 MB. Raise the limit: ulimit -v unlimited")]
    public void LimitThatIsTooLow_IsNamedWithTheCommandThatRaisesIt(string addresses, string files, string? problem) =>
        Assert.Equal(problem, ProcessLimits.FindProblem($"{Header}Max open files            {files,-20} {files,-20} files     \n"
            + $"Max address space         {addresses,-20} {addresses,-20} bytes     \n"));

    /// <summary>With 64 open files the runtime once ended in a stack trace (134), with 128 while it drew.</summary>
    [Theory]
    [InlineData("-n 64", "open files")]
    [InlineData("-n 128", "open files")]
    [InlineData("-v 2000000", "address space")]
    public void ProcessUnderALowLimit_EndsWithOneSentence(string limit, string word)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux says what a process may have");
        var ended = Limited(limit, "studies");
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.Matches(
            $@"\Asonde: this shell allows [0-9]+ (MB of )?{word}, and Sonde needs [0-9]+( MB)?\. Raise the limit: ulimit -[nv] [a-z0-9]+\n\z", ended.Error);
    }

    private static Ended Limited(string limit, string verb)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"ulimit {limit}; exec \"$0\" {verb}");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Sonde.Cli"));
        return new Running(start).Finish();
    }
}
