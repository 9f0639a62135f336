namespace Sonde.Running.Proving;

/// <summary>How remedies are tried.</summary>
internal sealed record ProofOptions
{
    /// <summary>The usual <see cref="Budget"/>.</summary>
    public const long UsualBudget = 5000;

    /// <summary>Where the data are, and how trials share the machine.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>Seeds of each setting: the trial's own and those after it, 1 or more. One is too few for an interval.</summary>
    public int Seeds { get; init => field = AtLeastOne(value, nameof(Seeds)); } = 3;

    /// <summary>The most updates of a trial with the setting as it is; one whose remedy trains longer has as many times more.</summary>
    public long Budget { get; init => field = AtLeastOne(value, nameof(Budget)); } = UsualBudget;

    /// <summary>The most remedies that are tried.</summary>
    public int MostTried { get; init => field = AtLeastOne(value, nameof(MostTried)); } = 4;

    private static T AtLeastOne<T>(T value, string name) where T : struct, System.Numerics.INumber<T> =>
        value >= T.One ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected 1 or more, got {value}. Leave it out for the usual number.");
}
