using Sonde.Networks;

namespace Sonde.Interop.Watching;

/// <summary>The activations that other frameworks name, and those that only their numbers show.</summary>
internal static class ActivationNames
{
    // How many values of a layer are compared.
    private const int Compared = 2000;
    private const double Tolerance = 0.005;

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Identity"] = "linear", ["LeakyReLU"] = "leaky-relu", ["leaky_relu"] = "leaky-relu", ["Hardtanh"] = "hard-tanh", ["hard_tanh"] = "hard-tanh",
        ["swish"] = "silu", ["logistic"] = "sigmoid",
    };

    /// <summary>Finds the listed activation that another framework calls by a name; null if Sonde lists none.</summary>
    public static Activation? Find(string? name) => name is null ? null
        : ActivationList.Find(Meanings.GetValueOrDefault(name) ?? name.ToLowerInvariant());

    /// <summary>Finds the listed activation that agrees best with <c>z = f(s)</c>; null if none agrees as exactly as 16-bit numbers tell.</summary>
    /// <param name="s">Pre-activations.</param>
    /// <param name="z">Activations, as many.</param>
    public static Activation? FindFrom(ReadOnlySpan<float> s, ReadOnlySpan<float> z)
    {
        var (best, least) = ((Activation?)null, Tolerance);
        if (s.Length == z.Length && !s.IsEmpty)
            foreach (var activation in ActivationList.All)
                if (Difference(activation, s, z) is var difference && difference < least)
                    (best, least) = (activation, difference);
        return best;
    }

    /// <summary>True if <c>z = f(s)</c>, as exactly as 16-bit numbers tell.</summary>
    public static bool Agrees(Activation activation, ReadOnlySpan<float> s, ReadOnlySpan<float> z) => Difference(activation, s, z) < Tolerance;

    // The largest difference, relative to z where that is not small.
    private static double Difference(Activation activation, ReadOnlySpan<float> s, ReadOnlySpan<float> z)
    {
        var (largest, step) = (0.0, Math.Max(1, s.Length / Compared));
        for (var k = 0; k < s.Length; k += step)
            if (float.IsFinite(s[k]))
                largest = Math.Max(largest, Math.Abs(activation.Value(s[k]) - z[k]) / (0.1 + Math.Abs(z[k])));
        return largest;
    }
}
