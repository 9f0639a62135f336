namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>What a network must be to have a kind of fault, and parts of it that faults change.</summary>
internal static class Suits
{
    public static bool HasHidden(Recipe recipe) => recipe.Layers.Count > 0;

    public static bool IsDeep(Recipe recipe) => recipe.Layers.Count >= 3;

    public static bool IsRelu(Recipe recipe) => recipe.Activation == "relu";

    public static bool IsSgd(Recipe recipe) => recipe.Optimizer is "sgd";

    public static bool IsAdam(Recipe recipe) => recipe.Optimizer is "adam";

    public static bool HasArrays(Recipe recipe) => recipe.Data.Stated is null;

    /// <summary>True for a task that random features do not solve.</summary>
    public static bool IsHard(Recipe recipe) => IsCurved(recipe) || recipe.IsRegression || recipe.Layers[0].Units <= 8
        || recipe.Data.Name.StartsWith("teacher", StringComparison.Ordinal);

    /// <summary>True for a task that no linear map solves.</summary>
    public static bool IsCurved(Recipe recipe) => ((string[])["shells", "spirals", "parity", "waves"])
        .Any(name => recipe.Data.Name.StartsWith(name, StringComparison.Ordinal));

    public static bool HasDropout(Recipe recipe) => recipe.Layers.Any(layer => layer.Dropout > 0);

    public static bool IsSoftmax(Recipe recipe) => !recipe.IsRegression && !recipe.AsksYesNo;

    public static bool IsTable(Recipe recipe) => HasArrays(recipe) && !recipe.Data.Name.StartsWith("digits", StringComparison.Ordinal);

    public static int Middle(Recipe recipe) => (recipe.Layers.Count + 1) / 2;

    public static int? Output(Recipe recipe) => recipe.Layers.Count + 1;

    // A multiple of the scale that keeps the variance of linear units.
    public static string Gaussian(double scale, Recipe recipe) => $"gaussian({Recipe.Text(Math.Round(scale / Math.Sqrt(recipe.Layers[0].Units), 6))})";

    public static Recipe WithDepth(Recipe recipe, int depth) => recipe with { Layers = [.. Enumerable.Repeat(recipe.Layers[0], depth)] };
}
