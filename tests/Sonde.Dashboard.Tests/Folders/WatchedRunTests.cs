using System.Text;
using Sonde.Dashboard.Access;
using Sonde.Dashboard.Folders;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Runs;

namespace Sonde.Dashboard.Tests.Folders;

public sealed class WatchedRunTests
{
    // A folder of this many trials gets an index file after its first reading.
    private const int Trials = 500;

    // All trials were read and the index was being written when a page asked: the answer "still reading" was kept, since no trial changed any more.
    [Fact]
    public async Task ADocumentOfAFolderThatIsStillRead_IsNotKept()
    {
        using var made = MadeUpRun.Many(Trials, 1);
        using var isWriting = new ManualResetEventSlim();
        using var mayWrite = new ManualResetEventSlim();
        WatchedRun? run = null;
        string? Ask(string path)
        {
            if (Path.GetFileName(path) == "trials.parquet" && run!.Trials.Count == Trials)
            {
                isWriting.Set();
                mayWrite.Wait(TestContext.Current.CancellationToken);
            }
            return null;
        }
        run = new(RunFolder.Open(made.Directory), new FolderGuard(made.Directory), Ask);
        byte[] Document() => run.DocumentOf("/api/study", trials => StudyDocuments.Table(run.Study, trials, run.ProgressOf, run.Unread));
        var reading = Task.Run(() => run.Refresh(endedToo: true), TestContext.Current.CancellationToken);
        isWriting.Wait(TestContext.Current.CancellationToken);
        var trials = run.Trials;
        Assert.Contains("\"unread\":0", Encoding.UTF8.GetString(Document()), StringComparison.Ordinal);
        mayWrite.Set();
        await reading;
        Assert.Same(trials, run.Trials);
        var whole = Document();
        Assert.Contains("\"unread\":null", Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        Assert.Same(whole, Document());
    }
}
