using System.Globalization;
using Sonde.Networks.Initializers;

namespace Sonde.Networks;

/// <summary>The initializers that study files can name.</summary>
public static class InitializerList
{
    /// <summary>Those without a setting, the paper's two first.</summary>
    public static IReadOnlyList<Initializer> WithoutSetting { get; } = [new Standard(), new Normalized(), new LeCun(), new He(), new Orthogonal()];

    /// <summary>What a study file can write, for messages and help.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. WithoutSetting.Select(i => i.Name), "gaussian(SD)", "constant(VALUE)"];

    /// <summary>The initializer written like this, such as <c>he</c> or <c>gaussian(0.01)</c>; null if there is none.</summary>
    public static Initializer? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (WithoutSetting.FirstOrDefault(i => i.Name == text) is { } known)
            return known;
        var open = text.IndexOf('(');
        if (open < 0 || text[^1] != ')'
            || !double.TryParse(text.AsSpan(open + 1, text.Length - open - 2), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
            return null;
        return text[..open] switch
        {
            "gaussian" when number >= 0 => new Gaussian(number),
            "constant" => new Constant(number),
            _ => null,
        };
    }
}
