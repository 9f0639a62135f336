using Sonde.Networks;

namespace Sonde.Studies.Fields;

/// <summary>How parameters start: one rule for all weights, and others for the first layer, the output layer and the biases.</summary>
/// <remarks>The three others are not recorded if they say nothing: trials that began before there were such fields have none.</remarks>
internal static class InitializerFields
{
    /// <summary>The value of a field that leaves the matter to <c>network.init</c>, by which biases start at 0.</summary>
    public const string Same = "same";

    public static Field Weights { get; } = Field.Named(
        FieldList.Init, "", "standard", InitializerList.Names, text => InitializerList.Find(text)?.Name) with
    {
        Schema = () => ValueSchema.Initializers(InitializerList.WithoutSetting.Select(rule => rule.Name)),
    };

    public static Field First { get; } = OfLayer(FieldList.FirstInit, "first-");

    public static Field Output { get; } = OfLayer(FieldList.OutputInit, "output-");

    public static Field Biases { get; } = Field.Named(
        FieldList.BiasInit, "bias-", Same, [Same, .. InitializerList.NamesForBiases], text => text == Same ? Same : FindForBiases(text)?.Name) with
    {
        Absence = Same,
        Schema = () => ValueSchema.Initializers(
            [Same, .. InitializerList.WithoutSetting.Where(rule => rule.DrawsIndependently).Select(rule => rule.Name)]),
    };

    /// <summary>The rule that a flat setting gives in one of the three fields; null if it gives none.</summary>
    public static Initializer? Find(IReadOnlyDictionary<string, string> flat, Field field) =>
        flat.TryGetValue(field.Key, out var text) && text != Same ? InitializerList.Find(text) : null;

    private static Field OfLayer(string path, string tag) => Field.Named(
        path, tag, Same, [Same, .. InitializerList.Names], text => text == Same ? Same : InitializerList.Find(text)?.Name) with
    {
        Absence = Same,
        Schema = () => ValueSchema.Initializers([Same, .. InitializerList.WithoutSetting.Select(rule => rule.Name)]),
    };

    private static Initializer? FindForBiases(string text) => InitializerList.Find(text) is { DrawsIndependently: true } rule ? rule : null;
}
