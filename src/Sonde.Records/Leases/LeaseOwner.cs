using System.Globalization;
using Sonde.Records.Files;

namespace Sonde.Records.Leases;

/// <summary>The process that holds a lease: the content of <c>claim.json</c>.</summary>
internal sealed record LeaseOwner
{
    /// <summary>The machine's name, for people.</summary>
    public required string Host { get; init; }

    /// <summary>The system in which the process number is valid, as <see cref="ProcessMark.Place"/> has it.</summary>
    public required string Place { get; init; }

    /// <summary>The process number.</summary>
    public required int Process { get; init; }

    /// <summary>When the process started, in its system's own unit: systems reuse process numbers.</summary>
    public required string Started { get; init; }

    /// <summary>The attempt that it holds.</summary>
    public required int Attempt { get; init; }

    /// <summary>The job of the scheduler that started it, in words such as <c>Slurm job 12_3</c>; null for none.</summary>
    public string? Job { get; init; }

    /// <summary>This process.</summary>
    public static LeaseOwner Current { get; } = new()
    {
        Host = Environment.MachineName, Place = ProcessMark.Place, Process = Environment.ProcessId, Started = ProcessMark.Started, Attempt = 0,
        Job = FindJob(Environment.GetEnvironmentVariable),
    };

    /// <summary>Its number, place and start in characters that a folder's name allows, such as <c>71-0a1b2c3d-4e5f6071</c>.</summary>
    public string Mark => ProcessMark.Of(Place, Process, Started);

    /// <summary>Returns true only if it is certain that the process has ended.</summary>
    public bool HasEnded() => ProcessMark.HasEnded(Place, Process, Started);

    /// <summary>Finds the job of a process from its variables; null if no scheduler started it.</summary>
    public static string? FindJob(Func<string, string?> variable) =>
        (variable("SLURM_ARRAY_JOB_ID"), variable("SLURM_ARRAY_TASK_ID"), variable("SLURM_JOB_ID")) switch
        {
            ({ } array, { } element, _) => $"Slurm job {array}_{element}",
            (_, _, { } job) => $"Slurm job {job}",
            _ => null,
        };

    /// <summary>Returns the process in words, such as <c>process 71 on lab3</c> or <c>process 71 on lab3, Slurm job 12_3</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host}") + (Job is null ? "" : $", {Job}");
}
