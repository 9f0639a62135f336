using System.Globalization;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Trials;

/// <summary>What a manifest's setting says of a trial, as figures, tables and verdicts need it.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Hidden">Units of each hidden layer.</param>
/// <param name="Activation">Name of the activation; "?" where the setting does not say.</param>
/// <param name="Initializer">Name of the initializer; "?" where the setting does not say.</param>
/// <param name="LearningRate">The learning rate as the setting writes it; "?" where it does not say.</param>
/// <param name="Data">Name of the dataset; "?" where the setting does not say.</param>
public sealed record TrialFacts(string Id, IReadOnlyList<int> Hidden, string Activation, string Initializer, string LearningRate, string Data)
{
    /// <summary>Objects in an image of Shapeset, as the setting writes it; "?" where it does not say.</summary>
    public string Objects { get; init; } = "?";

    /// <summary>The update count at which the trial begins: 0, or as far below as there are updates of pre-training.</summary>
    public long Begin { get; init; }

    /// <summary>Number of hidden layers.</summary>
    public int Depth => Hidden.Count;

    /// <summary>What a network was like at an update: <c>at initialization</c>, <c>after pre-training</c>, <c>at update 4,000</c>.</summary>
    public string When(long update) =>
        update == Begin ? "at initialization" : update == 0 ? "after pre-training" : string.Create(CultureInfo.InvariantCulture, $"at update {update:#,0}");

    /// <summary>How far pre-training is, <c>pre-training 300/5000</c>; null from update 0 on.</summary>
    public string? Pretraining(long update) => update < 0 ? $"pre-training {update - Begin}/{-Begin}" : null;

    /// <summary>Test error of the best constant guess, in per cent; null where the dataset is not a known one.</summary>
    public double? ChanceError => Data switch
    {
        // The most frequent classes: of one object 1 image in 3, of two different ones 2 in 9; where both come as often, of one object 1 in 6.
        "shapeset" => 100 * Objects switch { "1" => 2 / 3.0, "2" => 7 / 9.0, _ => 5 / 6.0 },
        "mnist" => 88.65, // 1,135 of the 10,000 test digits are ones
        "cifar10" or "cifar10-jpeg" or "small-imagenet" => 90, // ten equal classes
        _ => null,
    };

    /// <summary>What the verdict needs to know of the network.</summary>
    public NetworkFacts Network => new(Depth, ActivationList.Find(Activation));

    /// <summary>Reads the setting.</summary>
    /// <exception cref="FormatException"><c>network.hidden</c> is neither like <c>1000x5</c> nor like <c>500,300</c>.</exception>
    public static TrialFacts Of(TrialManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string Get(string key) => manifest.Setting.TryGetValue(key, out var value) ? value : "?";
        var hidden = HiddenOf(manifest);
        return new(manifest.Id, hidden, Get("network.activation"), Get("network.init"), Get("training.learningRate"), Get("data.name"))
        {
            Objects = Get("data.objects"),
            Begin = long.TryParse(Get("pretraining.updates"), CultureInfo.InvariantCulture, out var updates) ? -hidden.Length * updates : 0,
        };
    }

    /// <summary>The verdict on a trial from its records; a trial that diverged, failed or is damaged has its message first.</summary>
    public static Verdict VerdictOf(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = Of(trial.Manifest);
        var verdict = Verdict.From(facts.Network, trial.Curve, trial.Layers, facts.ChanceError);
        var (status, message) = (trial.Manifest.Status, trial.Manifest.Message);
        var word = status switch
        {
            TrialStatus.Diverged or TrialStatus.Failed => status,
            TrialStatus.Damaged => $"is {status}",
            _ => null,
        };
        return word is null || message is null ? verdict : verdict with { Sentence = $"The trial {word}: {message.TrimEnd('.')}. {verdict.Sentence}" };
    }

    private static int[] HiddenOf(TrialManifest manifest)
    {
        var text = manifest.Setting.TryGetValue("network.hidden", out var value) ? value : "";
        if (text == "none")
            return [];
        var parts = text.Trim('[', ']', ' ').Split('x');
        if (parts.Length == 2 && TryWidth(parts[0], out var width) && TryWidth(parts[1], out var depth))
            return [.. Enumerable.Repeat(width, depth)];
        var widths = parts[0].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1 && widths.All(w => TryWidth(w, out _)))
            return [.. widths.Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
        throw new FormatException(
            $"The setting network.hidden of trial {manifest.Id} should read like 1000x5 or 500,300 but reads '{text}'; mend its trial.json or run the trial "
                + "again.");
    }

    private static bool TryWidth(string text, out int width) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out width);
}
