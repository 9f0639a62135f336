using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis.Remedies;

/// <summary>A change of the setting that may cure what was found.</summary>
/// <param name="Name">What it does, in a few words: <c>scale-inputs</c>.</param>
/// <param name="Why">Why it may help, in a sentence.</param>
/// <param name="Change">What it changes.</param>
public sealed record Remedy(string Name, string Why, SettingChange Change)
{
    /// <summary>What it does, in a few words.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>Why it may help.</summary>
    public string Why { get; init => field = Given.NotNull(value, nameof(Why)); } = Given.NotNull(Why, nameof(Why));

    /// <summary>What it changes.</summary>
    public SettingChange Change { get; init => field = Given.NotNull(value, nameof(Change)); } = Given.NotNull(Change, nameof(Change));

    /// <summary>Returns both remedies as one. Where both change the same thing, this one counts.</summary>
    /// <param name="other">The other remedy.</param>
    public Remedy With(Remedy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new($"{Name}+{other.Name}", $"{Why} {other.Why}", Change.With(other.Change));
    }
}
