namespace Sonde.Numerics.Checks;

/// <summary>Refuses arguments that make no sense, at the public doors of the library.</summary>
internal static class Given
{
    /// <summary>Returns an object that is not null.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T NotNull<T>(T? value, string name) where T : class => value ?? throw new ArgumentNullException(name);

    /// <summary>Returns a whole number that is not below the least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below.</exception>
    public static int AtLeast(int least, int value, string name) => value >= least ? value : throw Refusal(name, $"{least} or more", value);

    /// <inheritdoc cref="AtLeast(int, int, string)"/>
    public static long AtLeast(long least, long value, string name) => value >= least ? value : throw Refusal(name, $"{least} or more", value);

    /// <summary>Returns a number that is null, or a whole one that is not below the least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below.</exception>
    public static int? NullOrAtLeast(int least, int? value, string name) => value is { } given ? AtLeast(least, given, name) : null;

    /// <inheritdoc cref="NullOrAtLeast(int, int?, string)"/>
    public static long? NullOrAtLeast(long least, long? value, string name) => value is { } given ? AtLeast(least, given, name) : null;

    /// <summary>Returns a number that is null, or finite and not below 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double? NullOrNotNegative(double? value, string name) => value is { } given ? NotNegative(given, name) : null;

    /// <summary>Returns a number that is finite and above 0, such as a learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static float Positive(float value, string name) =>
        value > 0 && float.IsFinite(value) ? value : throw Refusal(name, "a finite number above 0", value);

    /// <summary>Returns a number that is finite and not below 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static float NotNegative(float value, string name) =>
        value >= 0 && float.IsFinite(value) ? value : throw Refusal(name, "a finite number, 0 or more", value);

    /// <inheritdoc cref="NotNegative(float, string)"/>
    public static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refusal(name, "a finite number, 0 or more", value);

    /// <summary>Returns a number from 0 to the most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double AtMost(double most, double value, string name) =>
        value >= 0 && value <= most ? value : throw Refusal(name, $"0 to {most}", value);

    private static ArgumentOutOfRangeException Refusal(string name, string wanted, object value) =>
        new(name, value, $"Expected {name} to be {wanted}, got {value}. Correct it, or leave it out if it has a default.");
}
