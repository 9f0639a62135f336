using System.Globalization;
using Sonde.Data;
using Sonde.Data.Published;

namespace Sonde.Studies.Fields;

/// <summary>The settings of a dataset; which of them a dataset has depends on its name.</summary>
internal static class DataFields
{
    private static readonly IReadOnlyList<string> Names = DatasetList.Names;

    private static readonly Dictionary<string, string[]> Settings = new()
    {
        ["shapeset"] = ["side", "seed", "range", "objects", "examples"],
        ["mnist"] = ["range", "path"],
        ["cifar10"] = ["range", "path"],
        ["arrays"] = ["path", "task", "label", "header", "shape", "scale", "targetScale", "order", "validation", "test", "seed"],
    };

    /// <summary>Two ways to scale inputs or targets.</summary>
    public const string Standardize = "standardize", NoScale = "none";

    private static readonly string[] Tasks = ["classes", "labels", "values"], Orders = ["shuffled", "as-is"];

    // The settings of a set that `sonde data build` made, and of one that a program registered.
    private static readonly string[] BuiltSettings = ["range"], RegisteredSettings = ["path", "seed"];

    public static IReadOnlyList<Field> All { get; } =
    [
        Field.Named(FieldList.Data, "", "shapeset", Names, text => DatasetList.Names.Contains(text) || BuiltSets.IsName(text) ? text : null) with
        {
            Expected = $"one of {string.Join(", ", Names)}, or a set that `sonde data build` made "
                + $"({BuiltSets.NameRule})", Schema = () => ValueSchema.Datasets(Names),
        },
        Field.Count(FieldList.DataSide, "side", null, 16, 256) with { Expected = "a whole number from 16 to 256 (pixels)" },
        new("data.seed", "data", null, "a whole number, 0 or more", Spelling.Seed) { IsNumber = true, Schema = ValueSchema.Seed },
        new(FieldList.DataRange, "range", null, "[-1, 1] or [0, 1]", Spelling.Range) { TakesList = true, Schema = ValueSchema.Ranges },
        new("data.objects", "objects", null, "1, 2 or both (objects in an image)", text => text == "both" ? text : Spelling.WholeNumber(text, 1, 2))
        {
            Schema = ValueSchema.Objects,
        },
        Field.Count(FieldList.DataExamples, "examples", null, 1, 100_000_000) with
        {
            Expected = "a whole number from 1 to 100000000 (different training examples; without it the stream is endless)",
        },
        new(FieldList.DataPath, "", null, "a folder or a file", text => text.Length > 0 ? text : null) { IsFreeText = true, Schema = ValueSchema.FreeText },
        Field.Named("data.task", "", null, Tasks, text => Tasks.Contains(text) ? text : null) with { Absence = "classes" },
        new("data.label", "label", null, "the name of the label's column, or its place counted from 1; for numbers several, with commas between them",
            text => text.Trim() is { Length: > 0 } name ? name : null)
        {
            IsFreeText = true, Schema = ValueSchema.Label,
        },
        new("data.header", "header", null, "auto, true or false", text => text is "auto" or "true" or "false" ? text : null) { Schema = ValueSchema.Header },
        new("data.shape", "", null, "height and width of an image such as 28x28, or 3x32x32 with channels", Spelling.Shape) { Schema = ValueSchema.Shape },
        new(FieldList.DataScale, "", null, "standardize, none, [-1, 1] or [0, 1]", text => text is Standardize or NoScale ? text : Spelling.Range(text))
        {
            TakesList = true, Names = [Standardize, NoScale], Schema = ValueSchema.Scale,
        },
        Field.Named(FieldList.DataTargetScale, "targets-", null, [NoScale, Standardize], text => text is NoScale or Standardize ? text : null) with
        {
            Absence = NoScale,
        },
        Field.Named("data.order", "", null, Orders, text => Orders.Contains(text) ? text : null) with { Absence = "shuffled" },
        Field.Count("data.validation", "validation", null, 1, 100_000_000),
        Field.Count("data.test", "test", null, 1, 100_000_000),
    ];

    /// <summary>True if the dataset has this setting.</summary>
    public static bool Has(string dataset, Field field) =>
        Settings.GetValueOrDefault(dataset, IsRegistered(dataset) ? RegisteredSettings : BuiltSettings).Contains(field.Leaf);

    /// <summary>The default of a field; null if the dataset does not have it, or if its files decide.</summary>
    public static string? Default(string dataset, Field field) => (dataset, field.Leaf) switch
    {
        ("shapeset", "side") => "32",
        ("shapeset" or "arrays", "seed") => "1",
        ("shapeset", "objects") => "both",
        ("shapeset" or "cifar10", "range") => PixelRange.MinusOneToOne.Text(),
        ("mnist", "range") => PixelRange.ZeroToOne.Text(),
        ("arrays", "task") => "classes",
        ("arrays", "order") => "shuffled",
        ("arrays", "label") => "label",
        ("arrays", "header") => "auto",
        ("arrays", "scale") => Standardize,
        ("arrays", "targetScale") => NoScale,
        (_, "seed") when IsRegistered(dataset) => "1",
        (_, "range") when !Settings.ContainsKey(dataset) && !IsRegistered(dataset) => PixelRange.MinusOneToOne.Text(),
        _ => null,
    };

    /// <summary>How a study writes a scaling of inputs.</summary>
    public static string ScaleText(InputScaling scale) => scale switch
    {
        InputScaling.None => NoScale,
        InputScaling.Standardize => Standardize,
        InputScaling.ZeroToOne => PixelRange.ZeroToOne.Text(),
        _ => PixelRange.MinusOneToOne.Text(),
    };

    private static bool IsRegistered(string dataset) => !Settings.ContainsKey(dataset) && DatasetList.Names.Contains(dataset);

    /// <summary>What a flat setting says of its data.</summary>
    public static DatasetSetting Setting(IReadOnlyDictionary<string, string> flat)
    {
        string? Text(string leaf) => flat.GetValueOrDefault($"data.{leaf}");
        int? Number(string leaf) => Text(leaf) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        return new()
        {
            Name = flat[FieldList.Data],
            Side = Number("side"),
            Seed = Text("seed") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : 1,
            Range = Text("range") is { } range ? Spelling.ParseRange(range) : null,
            Objects = Text("objects") is "both" ? null : Number("objects"),
            Examples = Number("examples"),
            Path = Text("path"),
            Arrays = new()
            {
                Label = Text("label") ?? "label",
                Header = Text("header") is "true" or "false" ? Text("header") == "true" : null,
                Shape = Text("shape") is { } shape ? Spelling.ParseShape(shape) : null,
                Scale = Text("scale") switch
                {
                    NoScale => InputScaling.None,
                    null or Standardize => InputScaling.Standardize,
                    var ends => Spelling.ParseRange(ends) == PixelRange.ZeroToOne ? InputScaling.ZeroToOne : InputScaling.MinusOneToOne,
                },
                Task = Text("task") switch { "labels" => TargetKind.YesNo, "values" => TargetKind.Values, _ => TargetKind.Classes },
                StandardizesTargets = Text("targetScale") == Standardize,
                IsInOrder = Text("order") == "as-is",
                Validation = Number("validation"),
                Test = Number("test"),
            },
        };
    }
}
