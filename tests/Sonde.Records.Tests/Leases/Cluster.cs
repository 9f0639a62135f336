using System.Globalization;
using System.Text;
using Sonde.Records.Files;
using Sonde.Records.Leases;

namespace Sonde.Records.Tests.Leases;

/// <summary>What a simulated cluster is like.</summary>
internal sealed record ClusterSetting
{
    /// <summary>Workers that start at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Trials in the run folder.</summary>
    public required int Trials { get; init; }

    /// <summary>How long a piece of a trial takes, from half to one and a half times that.</summary>
    public TimeSpan Piece { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a worker's machine believes what it last saw of a folder or of a file's time.</summary>
    public TimeSpan AttributeCache { get; init; }

    /// <summary>The longest time that one step on the disk takes.</summary>
    public TimeSpan SlowestStep { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>By how much the clocks of machines differ at most.</summary>
    public TimeSpan ClockDifference { get; init; }

    /// <summary>The share of steps on the disk before which the worker is killed.</summary>
    public double Killed { get; init; }

    /// <summary>The share of pieces of work in which the worker's machine stops for some minutes and comes back.</summary>
    public double Frozen { get; init; }
}

/// <summary>Many workers that share trials by real leases on real files, in simulated time and on one thread. Before a step on the disk other workers may
/// act, as far as their time has come; the order of all steps is a function of the seed.</summary>
/// <remarks>All workers are this one process, which lives: a lease is taken over because of its silence alone, as between machines.</remarks>
internal sealed class Cluster
{
    // A worker that waits for a slow step lets others act inside it, and these again. At most this number waits at one moment.
    private const int Pieces = 4, Watched = 8, MostWaiting = 30;
    private static readonly TimeSpan IdlePause = TimeSpan.FromSeconds(60);

    private readonly ClusterSetting setting;
    private readonly string folder;
    private readonly Random random;
    private readonly PriorityQueue<Action, (long At, long Order)> events = new();
    private readonly HashSet<int> known = [];
    private long now = TimeSpan.FromDays(1).Ticks, order;
    private int waiting;

    private Cluster(ClusterSetting setting, string folder, int seed) => (this.setting, this.folder, random) = (setting, folder, new(seed));

    /// <summary>Pieces that were put on disk, in their order: the trial, the attempt, and how many pieces the trial has then.</summary>
    public List<(int Trial, int Attempt, int Done)> Published { get; } = [];

    /// <summary>Workers that were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Machines that stopped for a while.</summary>
    public int Freezes { get; private set; }

    /// <summary>Workers that lost a lease although their machine never stopped.</summary>
    public int LostByTheLiving { get; private set; }

    /// <summary>Steps on the disk.</summary>
    public long Steps { get; private set; }

    /// <summary>Runs a cluster until nothing happens any more.</summary>
    public static Cluster Run(ClusterSetting setting, string folder, int seed)
    {
        var cluster = new Cluster(setting, folder, seed);
        for (var trial = 0; trial < setting.Trials; trial++)
            Directory.CreateDirectory(cluster.FolderOf(trial));
        for (var k = 0; k < setting.Workers; k++)
            cluster.At(TimeSpan.FromSeconds(cluster.random.NextDouble()), new Worker(cluster).Look);
        while (cluster.events.TryDequeue(out var happens, out var when))
        {
            cluster.now = when.At;
            happens();
        }
        return cluster;
    }

    /// <summary>True if the trial has all its pieces.</summary>
    public bool IsDone(int trial) => StateOf(trial).Done == Pieces;

    private string FolderOf(int trial) => Path.Combine(folder, trial.ToString("D5", CultureInfo.InvariantCulture));

    private (int Attempt, int Done) StateOf(int trial)
    {
        var path = Path.Combine(FolderOf(trial), "state");
        if (!File.Exists(path))
            return (0, 0);
        var numbers = Encoding.ASCII.GetString(Disk.Read(path)).Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private void At(TimeSpan after, Action happens) => events.Enqueue(happens, (now + after.Ticks, order++));

    /// <summary>Lets time pass inside a step on the disk, with all that happens in it.</summary>
    private void Pass(TimeSpan span)
    {
        var until = now + span.Ticks;
        waiting++;
        while (waiting < MostWaiting && events.TryPeek(out var happens, out var when) && when.At <= until)
        {
            events.Dequeue();
            now = when.At;
            happens();
        }
        waiting--;
        // Each worker's steps take its own time only, also if others acted in them for longer.
        now = until;
    }

    /// <summary>The end of a worker that was killed: from then on none of its steps reaches the disk.</summary>
    private sealed class KilledException : Exception;

    private sealed class Worker : TimeProvider
    {
        private readonly Cluster cluster;
        private readonly LeaseTaker leases;
        private readonly TimeSpan clockError;
        private readonly Dictionary<string, (long Since, object Answer)> cache = [];
        private readonly List<int> open;
        private int place, trial;
        private Lease? lease;
        private bool isKilled, wasFrozen;
        private long frozenUntil;

        public Worker(Cluster cluster)
        {
            this.cluster = cluster;
            leases = new(this);
            clockError = cluster.setting.ClockDifference * (cluster.random.NextDouble() - 0.5);
            var first = cluster.random.Next(cluster.setting.Trials);
            open = [.. Enumerable.Range(0, cluster.setting.Trials).Select(k => (first + k) % cluster.setting.Trials)];
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => cluster.now;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(cluster.now) + clockError;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var ringer = new Ringer();
            void Ring()
            {
                if (ringer.IsStopped || isKilled)
                    return;
                if (cluster.now >= frozenUntil)
                    callback(state);
                cluster.At(period, Ring);
            }
            cluster.At(dueTime, Ring);
            return ringer;
        }

        /// <summary>Looks for a trial, as StudyRunner does: a few at a time, from a place of the worker's own, and a pause after a few that others
        /// hold.</summary>
        public void Look() => Act(() =>
        {
            for (var inVain = 0; open.Count > 0; inVain++)
            {
                if (inVain == Watched)
                {
                    cluster.At(IdlePause, Look);
                    return;
                }
                trial = open[place %= open.Count];
                if (cluster.known.Contains(trial))
                    open.RemoveAt(place);
                else if ((lease = leases.TakeIfFree(cluster.FolderOf(trial), () => cluster.StateOf(trial).Attempt)) is not null)
                {
                    wasFrozen = false;
                    WorkOn();
                    return;
                }
                else
                    place++;
            }
        });

        private void WorkOn()
        {
            if (cluster.IsDone(trial))
            {
                cluster.known.Add(trial);
                lease!.Dispose();
                cluster.At(TimeSpan.Zero, Look);
                return;
            }
            var chance = cluster.random.NextDouble();
            var isFrozen = chance < cluster.setting.Frozen;
            var span = cluster.setting.Piece * (0.5 + cluster.random.NextDouble())
                + TimeSpan.FromSeconds(isFrozen ? 60 + 240 * cluster.random.NextDouble() : 0);
            if (isFrozen)
            {
                cluster.Freezes++;
                (wasFrozen, frozenUntil) = (true, cluster.now + span.Ticks);
            }
            cluster.At(span, Save);
        }

        private void Save() => Act(() =>
        {
            try
            {
                var done = cluster.StateOf(trial).Done + 1;
                lease!.Publish("state", Encoding.ASCII.GetBytes($"{lease.Attempt} {done}"));
                cluster.Published.Add((trial, lease.Attempt, done));
                if (done == Pieces)
                    cluster.known.Add(trial);
                WorkOn();
            }
            catch (LeaseLostException)
            {
                cluster.LostByTheLiving += wasFrozen ? 0 : 1;
                lease!.Dispose();
                cluster.At(TimeSpan.Zero, Look);
            }
        });

        private void Act(Action action)
        {
            var (step, attributes) = (Disk.Step, Disk.Attributes);
            (Disk.Step, Disk.Attributes) = (Step, Remember);
            try
            {
                action();
            }
            catch (KilledException)
            {
                cluster.Kills++;
            }
            finally
            {
                (Disk.Step, Disk.Attributes) = (step, attributes);
            }
        }

        private void Step(string step, string path)
        {
            cluster.Steps++;
            isKilled |= cluster.random.NextDouble() < cluster.setting.Killed;
            if (isKilled)
                throw new KilledException();
            cluster.Pass(cluster.setting.SlowestStep * Math.Pow(cluster.random.NextDouble(), 4));
            // A client forgets what it knew of a folder that it changes itself.
            if (step is "rename" or "create folder" or "remove")
                cache.Remove(Path.GetDirectoryName(path)!);
        }

        private object Remember(string path, Func<object> ask)
        {
            if (cache.TryGetValue(path, out var known) && cluster.now - known.Since < cluster.setting.AttributeCache.Ticks)
                return known.Answer;
            var answer = ask();
            cache[path] = (cluster.now, answer);
            return answer;
        }
    }

    private sealed class Ringer : ITimer
    {
        public bool IsStopped { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsStopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
