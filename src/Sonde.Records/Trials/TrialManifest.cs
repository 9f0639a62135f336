using System.Text.Json.Serialization;
using Sonde.Records.Files;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>The content of a trial's <c>trial.json</c>.</summary>
public sealed record TrialManifest
{
    /// <summary>The trial's id, also the name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>The whole setting as keys and values, in the order of the study file: <c>network.activation</c> to <c>tanh</c>, and so on. Only
    /// <c>TrialSetting.Read</c> parses it.</summary>
    public required IReadOnlyDictionary<string, string> Setting { get; init; }

    /// <summary>The trial's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Versions and kernels that computed the numbers: <c>sonde</c>, <c>dotnet</c>, <c>kernels</c> and <c>data</c>, the digest of the
    /// examples.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The machine: <c>os</c>, <c>processor</c>, <c>cores</c>, <c>host</c>.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary><c>running</c>, <c>interrupted</c>, <c>paused</c>, <c>done</c>, <c>diverged</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Supervised updates done when this was written. During pre-training, minus the number of updates that it still has to do.</summary>
    public required long Updates { get; init; }

    /// <summary>The number of the attempt that wrote this: each process that takes the trial up begins a new one.</summary>
    public int Attempt { get; init; }

    /// <summary>The last errors and costs; null until the trial has ended.</summary>
    public TrialResult? Result { get; init; }

    /// <summary>What went wrong, in a sentence, for <c>diverged</c> and <c>failed</c>, or why the trial pauses or ended early; else null.</summary>
    public string? Message { get; init; }

    /// <summary>Where numbers stopped being finite, for <c>diverged</c>; else null. Null also in folders of versions that wrote only a sentence.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>The error of always guessing the commonest class, in per cent, from the dataset's class shares. Null in folders of versions that did not
    /// record it.</summary>
    public double? ChanceError { get; init; }

    /// <summary>How many different training examples the dataset has. Null if they never end, or if the version that wrote this did not record it.</summary>
    public long? TrainingExamples { get; init; }

    /// <summary>What an imported training lacks and what therefore cannot be judged, one sentence each. Null for a trial that Sonde trained.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>True if Sonde did not train it.</summary>
    internal bool IsImported => Notes is not null;

    /// <summary>What the records of an imported training count instead of updates, in the singular, such as <c>epoch</c>. Null if they count
    /// updates.</summary>
    public string? CountedIn { get; init; }

    /// <summary>What the trial was worth at each rung of its study's search that it has reached; null without a search.</summary>
    [JsonInclude]
    internal IReadOnlyList<TrialRung>? Rungs { get; init; }

    /// <summary>Why the trial ended before its last update; null if it did not.</summary>
    [JsonInclude]
    internal TrialStop? Stop { get; init; }

    /// <summary>The files that count: whole tables (until the trial is finished, their parts) and the checkpoints. A file that is not listed here is
    /// left over or not yet complete.</summary>
    public IReadOnlyList<RecordedFile> Files { get; init; } = [];
}
