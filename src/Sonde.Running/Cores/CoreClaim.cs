using Sonde.Kernels.Threads;
using Sonde.Studies.Errors;

namespace Sonde.Running.Cores;

/// <summary>The right to pin threads to the cores of this process, which one process on a machine has at a time.</summary>
/// <remarks>Two processes that pinned threads to the same core would halve each other's speed, and the system could not move them apart. So a process locks
/// a file for each of its cores, in the machine's folder for temporary files, and pins only while it has all of them. Processes to which a scheduler
/// gave different cores do not meet. The system unlocks the files of a process that ends.</remarks>
/// <param name="cores">The cores of this process.</param>
/// <param name="folder">Where the files are; made if needed.</param>
internal sealed class CoreClaim(IReadOnlyList<int> cores, string folder) : IDisposable
{
    /// <summary>The environment variable that leaves the choice of cores to the system if it says <c>off</c>.</summary>
    public const string Variable = "SONDE_PIN";

    private const string Off = "off";

    private readonly List<FileStream> locks = [];

    /// <summary>Refuses any other word: who sets it to 0 or false would pin nevertheless.</summary>
    /// <exception cref="StudyException">It says something else than <c>off</c>.</exception>
    public static void Check()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } word && word != Off)
            throw new StudyException($"{Variable}: expected '{Off}', got '{word}'. Write {Variable}={Off} to let the system choose cores, or unset it.");
    }

    /// <summary>Makes the claim of this process, with no cores if they are not its alone: if a container limits it to a part of their time, or if the user
    /// says so.</summary>
    public static CoreClaim OfProcess() => new(
        ThreadCores.OfProcess.Count == Environment.ProcessorCount && Environment.GetEnvironmentVariable(Variable) != Off ? ThreadCores.OfProcess : [],
        Path.Combine(Path.GetTempPath(), "sonde-cores"));

    /// <summary>The cores to pin threads to; empty if another process has one of them, or there is nothing to pin.</summary>
    /// <remarks>Tries again if another process had one before.</remarks>
    public IReadOnlyList<int> Take()
    {
        if (cores.Count < 2 || locks.Count == cores.Count)
            return cores.Count < 2 ? [] : cores;
        try
        {
            CreateFolder();
            foreach (var core in cores)
                locks.Add(new(Path.Combine(folder, $"core-{core}"), Options));
            return cores;
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            Release();
            return [];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    // Users of a machine have the folder in common.
    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, All | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // Reading is enough to lock a file, so one that another user made does as well.
    private static FileStreamOptions Options { get; } = new()
    {
        Mode = FileMode.OpenOrCreate, Access = FileAccess.Read, Share = FileShare.None, BufferSize = 0,
    };

    private void Release()
    {
        locks.ForEach(file => file.Dispose());
        locks.Clear();
    }
}
