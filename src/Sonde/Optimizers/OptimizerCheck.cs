namespace Sonde.Optimizers;

/// <summary>Refuses numbers with which an optimizer cannot train.</summary>
internal static class OptimizerCheck
{
    /// <summary>Returns a number that is finite and above 0, such as a learning rate.</summary>
    public static float Positive(float value, string name) => float.IsFinite(value) && value > 0 ? value : throw Refusal(value, name, "finite and above 0");

    /// <summary>Returns a number that is 0 or more and below 1, such as how much of a mean remains.</summary>
    public static float Share(float value, string name) => value is >= 0 and < 1 ? value : throw Refusal(value, name, "0 or more and below 1");

    /// <summary>Returns a whole number that is 1 or more.</summary>
    public static int Count(int value, string name) => value >= 1 ? value : throw Refusal(value, name, "a whole number, 1 or more");

    /// <summary>Throws unless a setting's value is in its range.</summary>
    public static void InRange(OptimizerSetting setting, float value)
    {
        _ = setting.Range switch
        {
            SettingRange.Positive => Positive(value, setting.Name),
            SettingRange.Share => Share(value, setting.Name),
            _ => value >= 1 && value <= int.MaxValue && float.IsInteger(value) ? value : throw Refusal(value, setting.Name, "a whole number, 1 or more"),
        };
    }

    private static ArgumentOutOfRangeException Refusal(object value, string name, string wanted) => new(
        name, value, $"Expected {name} to be {wanted}, got {value}. Correct it, or leave it to the optimizer's default.");
}
