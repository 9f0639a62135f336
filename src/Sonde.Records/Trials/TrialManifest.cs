using Sonde.Records.Files;

namespace Sonde.Records.Trials;

/// <summary>What <c>trial.json</c> says of a trial.</summary>
public sealed record TrialManifest
{
    /// <summary>The trial's id, also the name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>The whole setting, flat: <c>network.activation</c> to <c>tanh</c>, <c>network.hidden</c> to <c>1000x5</c>, and so on, in study-file
    /// order.</summary>
    public required IReadOnlyDictionary<string, string> Setting { get; init; }

    /// <summary>The trial's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Versions and kernels that made the numbers: <c>sonde</c>, <c>dotnet</c>, <c>kernels</c>.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The machine: <c>os</c>, <c>processor</c>, <c>cores</c>, <c>host</c>.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary><c>running</c>, <c>interrupted</c>, <c>done</c>, <c>diverged</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Supervised updates done when this was written; below 0 where pre-training has so many to do yet.</summary>
    public required long Updates { get; init; }

    /// <summary>Counts the processes that took the trial up: this is the one that wrote this.</summary>
    public int Attempt { get; init; }

    /// <summary>The last errors and costs; null until the trial has ended.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>What went wrong, for <c>diverged</c> (update, layer, quantity) and <c>failed</c>; else null.</summary>
    public string? Message { get; init; }

    /// <summary>The files that count: tables or, until the trial is finished, their parts; and the checkpoints. What is not listed here is left over or
    /// not yet there.</summary>
    public IReadOnlyList<RecordedFile> Files { get; init; } = [];
}
