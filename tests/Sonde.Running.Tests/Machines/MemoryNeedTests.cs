using Sonde.Data.Fetching;
using Sonde.Running.Estimating;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests.Machines;

public sealed class MemoryNeedTests
{
    private const string Wide = "study: wide\nnetwork: {hidden: 40000x1000}";

    /// <summary>A dry run of this study once took 23 GB, until the kernel killed it.</summary>
    [Fact]
    public void NetworkThatFitsNoMachine_IsRefusedBeforeAnythingIsAllocated()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-wide-").FullName;
        try
        {
            var options = new RunOptions { Data = DataFolder.OfUser() };
            Action[] doors =
            [
                () => new StudyEstimator(StudyFile.Parse(Wide, "wide.yaml"), Path.Combine(folder, "run"), options, TimeProvider.System).Estimate(),
                () => _ = new StudyRunner(StudyFile.Parse(Wide, "wide.yaml"), Path.Combine(folder, "run"), options, TimeProvider.System),
            ];
            foreach (var door in doors)
                Assert.Matches(@"\AA network with the hidden layers 40000x1000 has 1,598,441,320,000 weights and needs at least 19\.3 TB of memory; "
                    + @"[0-9.]+ [GM]B are free on this machine\. Use narrower or fewer layers\.\z", Assert.Throws<StudyException>(door).Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
