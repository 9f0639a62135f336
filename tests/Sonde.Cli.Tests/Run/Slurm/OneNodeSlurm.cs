using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sonde.Cli.Tests.Run.Slurm;

/// <summary>A real Slurm on this machine: its controller, one node with eight processors on paper, and munge. It needs Debian's packages
/// <c>slurm-wlm</c> and <c>munge</c>, and root.</summary>
public sealed class OneNodeSlurm : IDisposable
{
    private static readonly string[] Daemons = ["munged", "slurmctld", "slurmd"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-slurm-").FullName;
    private readonly List<Process> started = [];
    private Process? node;

    public OneNodeSlurm()
    {
        Missing = Daemons.Append("sbatch").FirstOrDefault(name => Find(name) is null) is { } name ? $"This machine has no {name}: install slurm-wlm and munge."
            : Environment.UserName != "root" ? "Slurm's daemons need root." : null;
        if (Missing is null)
            Start();
    }

    /// <summary>Why there is no Slurm; null if it runs.</summary>
    public string? Missing { get; private set; }

    /// <summary>What a process needs to find it.</summary>
    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["SLURM_CONF"] = Configuration };

    private string Configuration => Path.Combine(folder, "slurm.conf");

    /// <summary>Calls one of Slurm's programs and returns what it printed.</summary>
    internal string Call(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }

    /// <summary>The jobs that wait or run, one line each: the job, its state, and why it waits or where it runs.</summary>
    internal IReadOnlyList<string> Queue =>
        Call("squeue", "--noheader", "--array", "--format", "%F_%K %T %R").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits until no job waits or runs. A job that Slurm holds back for good fails the test.</summary>
    internal void UntilQueueIsEmpty() => Until(() =>
    {
        var queue = Queue;
        Assert.DoesNotContain(queue, line => line.Contains("held", StringComparison.Ordinal));
        return queue.Count == 0;
    });

    /// <summary>Ends what an earlier test may have left.</summary>
    internal void Clear()
    {
        Call("scancel", "--user", "root");
        Until(() => Queue.Count == 0);
    }

    /// <summary>Waits until something is so.</summary>
    internal void Until(Func<bool> condition)
    {
        // Not a measurement: a test that waits for ever would tell less than one that fails.
        for (var tries = 0; !condition(); tries++)
        {
            if (tries == 3000)
                Assert.Fail($"Waited ten minutes for Slurm, whose queue is: {string.Join("; ", Queue)}");
            Thread.Sleep(200);
        }
    }

    /// <summary>Takes the node away as a power cut does: kills its daemon, the steps that it started and their workers. Slurm queues the jobs again.</summary>
    internal void CutPower(IEnumerable<int> workers)
    {
        node!.Kill();
        node.WaitForExit();
        foreach (var number in workers.Select(ParentOf).ToHashSet())
        {
            using var step = Process.GetProcessById(number);
            Assert.StartsWith("slurmstepd", step.ProcessName);
            step.Kill(entireProcessTree: true);
        }
        Call("scontrol", "update", "nodename=n1", "state=down", "reason=power");
        Until(() => Queue is { Count: > 0 } queue && queue.All(line => line.Contains("PENDING", StringComparison.Ordinal)));
    }

    /// <summary>Starts the node again; its jobs follow after two minutes.</summary>
    internal void RestorePower()
    {
        var before = NodeStart;
        StartNode();
        // The controller calls a node idle that it has not heard of yet.
        Until(() => NodeStart != before);
        Until(() =>
        {
            Call("scontrol", "update", "nodename=n1", "state=resume");
            return IsIdle;
        });
        // Slurm now holds the jobs back for two minutes. Started at once, they would be ended by messages that were meant for the jobs before.
    }

    /// <summary>The last lines about ended jobs of a number, as Slurm's record of completed jobs has them.</summary>
    internal IReadOnlyList<string> Completed(string job) => !File.Exists(Path.Combine(folder, "completed")) ? [] :
        [.. File.ReadAllLines(Path.Combine(folder, "completed")).Where(line => line.Contains($"ArrayJobId={job} ", StringComparison.Ordinal))];

    public void Dispose()
    {
        if (Missing is null)
            Call("scancel", "--user", "root", "--signal", "KILL", "--full");
        foreach (var process in Enumerable.Reverse(started))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A step that Slurm has not yet ended still writes there.
        }
    }

    private void Start()
    {
        foreach (var name in (string[])["state", "spool", "munge"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        if (!OperatingSystem.IsWindows())
        {
            // munge refuses a socket to which others have no way, and keys that others can read.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
                | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.SetUnixFileMode(Path.Combine(folder, "munge"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var key = Path.Combine(folder, "munge", "key");
        File.WriteAllBytes(key, SHA512.HashData([1, 2, 3]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead);
        var (control, node) = (FreePort(), FreePort());
        File.WriteAllText(Configuration, $"""
            ClusterName=sonde
            SlurmctldHost=localhost
            SlurmctldPort={control}
            SlurmdPort={node}
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            CredType=cred/munge
            AuthInfo=socket={folder}/munge.socket
            StateSaveLocation={folder}/state
            SlurmdSpoolDir={folder}/spool
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmdPidFile={folder}/slurmd.pid
            SlurmctldLogFile={folder}/slurmctld.log
            SlurmdLogFile={folder}/slurmd.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            JobCompType=jobcomp/filetxt
            JobCompLoc={folder}/completed
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=1,sched_interval=2,bf_interval=2
            SlurmdParameters=config_overrides
            ReturnToService=2
            KillWait=10
            BatchStartTimeout=600
            JobRequeue=1
            MpiDefault=none
            NodeName=n1 NodeHostname={Environment.MachineName} NodeAddr=127.0.0.1 CPUs=8 RealMemory=60000 State=UNKNOWN
            PartitionName=main Nodes=n1 Default=YES MaxTime=INFINITE State=UP
            """);
        Daemon("munged", "--foreground", "--force", $"--key-file={key}", $"--socket={folder}/munge.socket", $"--pid-file={folder}/munge/pid",
            $"--log-file={folder}/munge/log", $"--seed-file={folder}/munge/seed");
        Until(() => File.Exists(Path.Combine(folder, "munge.socket")));
        Daemon("slurmctld", "-D", "-c", "-f", Configuration);
        StartNode();
        for (var tries = 0; !IsIdle; tries++)
            if (tries * 0.2 > Patience.TotalSeconds)
            {
                Missing = "Slurm's daemons do not start on this machine.";
                return;
            }
            else
                Thread.Sleep(200);
    }

    private bool IsIdle => Call("sinfo", "--noheader", "--format", "%T").Trim() == "idle";

    private string NodeStart => Call("scontrol", "show", "node", "n1").Split().First(word => word.StartsWith("SlurmdStartTime=", StringComparison.Ordinal));

    private void StartNode() => node = Daemon("slurmd", "-D", "-c", "-N", "n1", "-f", Configuration);

    private static int ParentOf(int process) => int.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);

    private Process Daemon(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        started.Add(process);
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find(string program) => ((string[])["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"])
        .Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
}
