using Sonde.Data;

namespace Sonde.Studies.Grammar;

/// <summary>The settings of a dataset; which of them a dataset has depends on its name.</summary>
internal static class DataFields
{
    private static readonly IReadOnlyList<string> Names = DatasetList.Names;

    public static IReadOnlyList<Field> All { get; } =
    [
        new(FieldList.Data, "", "shapeset", $"one of {string.Join(", ", Names)}", text => Names.Contains(text) ? text : null) { Names = Names, Schema = () => ValueSchema.Names(Names) },
        new("data.side", "side", null, "a whole number from 16 to 256 (pixels)", text => Spelling.WholeNumber(text, 16, 256)) { IsNumber = true, Schema = () => ValueSchema.WholeNumber(16, 256) },
        new("data.seed", "data", null, "a whole number, 0 or more", Spelling.Seed) { IsNumber = true, Schema = () => ValueSchema.WholeNumber(0, ulong.MaxValue) },
        new("data.range", "range", null, "[-1, 1] or [0, 1]", Spelling.Range) { IsPair = true, Schema = ValueSchema.Ranges },
        new("data.path", "", null, "a folder", text => text.Length > 0 ? text : null) { IsFreeText = true, Schema = ValueSchema.FreeText },
    ];

    /// <summary>True where the dataset has this setting: a drawn one has side and seed, one that is read has a path.</summary>
    public static bool Has(string dataset, Field field) => field.Leaf switch
    {
        "side" or "seed" => dataset == "shapeset",
        "path" => dataset != "shapeset",
        _ => true,
    };

    /// <summary>The value of a field where a study says nothing; null where the dataset does not have it, or decides by itself.</summary>
    public static string? Default(string dataset, Field field) => (dataset, field.Leaf) switch
    {
        ("shapeset", "side") => "32",
        ("shapeset", "seed") => "1",
        ("shapeset", "range") => PixelRange.MinusOneToOne.Text(),
        ("mnist", "range") => PixelRange.ZeroToOne.Text(),
        _ => null,
    };
}
