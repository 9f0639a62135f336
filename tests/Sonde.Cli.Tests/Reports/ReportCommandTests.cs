using Sonde.Analysis.Contents;
using Sonde.Figures;
using Sonde.Records.Runs;

namespace Sonde.Cli.Tests.Reports;

public sealed class ReportCommandTests(SmallRun small) : IClassFixture<SmallRun>
{
    // The first Ctrl-C once left drawing alone until it was done.
    [Fact]
    public void ASignalWhileDrawing_StopsBetweenTwoFigures()
    {
        using var scratch = new Scratch();
        using var stop = new CancellationTokenSource();
        var run = RunFolder.Open(small.CopyTo(scratch));
        Directory.Delete(Path.Combine(run.Directory, "figures"), recursive: true);
        File.Delete(Path.Combine(run.Directory, "report.html"));
        Assert.ThrowsAny<OperationCanceledException>(() => StudyReport.Write(run, RunContents.Read(run), notice =>
        {
            if (notice.StartsWith("drawing the figures", StringComparison.Ordinal))
                stop.Cancel();
        }, cancellation: stop.Token));
        Assert.False(File.Exists(Path.Combine(run.Directory, "report.html")));
        Assert.Empty(Directory.GetFiles(Path.Combine(run.Directory, "figures")));
    }
}
