using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Leases;

/// <summary>Takes the lease of the sample trial, and leaves leases behind.</summary>
internal static class SampleLease
{
    public static TrialFolder? Open(TemporaryFolder folder, LeaseTaker leases) => TrialFolder.Open(folder.Path, SampleTrial.Manifest(), leases);

    /// <summary>A lease as its owner left it.</summary>
    public static string Leave(TemporaryFolder folder, LeaseOwner owner) => Leave(folder.Trial(), owner);

    public static string Leave(string directory, LeaseOwner owner)
    {
        var lease = Path.Combine(directory, "claim-000001");
        Directory.CreateDirectory(lease);
        File.WriteAllBytes(Path.Combine(lease, "claim.json"), RecordJson.ToBytes(owner, LeaseJson.Instance.LeaseOwner));
        return Path.Combine(lease, "claim.json");
    }
}
