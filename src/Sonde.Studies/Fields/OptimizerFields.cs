using System.Globalization;
using Sonde.Optimizers;

namespace Sonde.Studies.Fields;

/// <summary>The settings of an optimizer. Its name decides which of them it has, and their defaults.</summary>
internal static class OptimizerFields
{
    public static Field Name { get; } = Field.Named(
        FieldList.Optimizer, "", "sgd", OptimizerList.All.Select(kind => kind.Name), text => OptimizerList.Find(text)?.Name);

    public static Field LearningRate { get; } = new(FieldList.LearningRate, "lr", null, "a number above 0 such as 0.01", Spelling.PositiveNumber)
    {
        IsNumber = true, Schema = ValueSchema.PositiveNumber,
    };

    /// <summary>Those besides the learning rate, which every optimizer has.</summary>
    public static IReadOnlyList<Field> All { get; } = [.. OptimizerList.All.SelectMany(kind => kind.Settings).DistinctBy(setting => setting.Name).Select(Of)];

    /// <summary>Where Adam adds its epsilon.</summary>
    public static Field EpsilonForm { get; } = Field.Named(
        "training.epsilonForm", "", null, ["pytorch", "keras"], text => text is "pytorch" or "keras" ? text : null) with
    { Absence = "pytorch" };

    /// <summary>What holds for every optimizer.</summary>
    public static IReadOnlyList<Field> OfAll { get; } =
    [
        new(Decay, "decay", "0", "a number, 0 or more, such as 1e-6", Spelling.NotNegative)
        {
            IsNumber = true, Absence = "0", Schema = ValueSchema.NotNegative,
        },
        new(Schedule, "", "constant", "constant, step(EVERY,FACTOR), cosine or warm-up(UPDATES), alone or before one of the others",
            text => RateSchedule.Find(text)?.ToString())
        {
            Absence = "constant", Schema = ValueSchema.Schedule,
        },
        new(Clip, "clip", "0", "a number, 0 or more, such as 1", Spelling.NotNegative) { IsNumber = true, Absence = "0", Schema = ValueSchema.NotNegative },
        new(WeightDecay, "l2-", "0", "a number, 0 or more, such as 1e-4", Spelling.NotNegative)
        {
            IsNumber = true, Absence = "0", Schema = ValueSchema.NotNegative,
        },
    ];

    public const string Clip = "training.clip", Decay = "training.decay", Schedule = "training.schedule";

    public const string WeightDecay = "training.weightDecay", Momentum = "training.momentum";

    /// <summary>The schedule of a flat setting.</summary>
    public static RateSchedule ScheduleOf(IReadOnlyDictionary<string, string> flat) =>
        (RateSchedule.Find(flat.GetValueOrDefault(Schedule, "constant")) ?? RateSchedule.Constant) with { Decay = Number(flat, Decay) };

    private static float Number(IReadOnlyDictionary<string, string> flat, string path) =>
        flat.TryGetValue(path, out var text) ? float.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>True if the optimizer has this setting.</summary>
    public static bool Has(string optimizer, Field field) =>
        field == EpsilonForm ? optimizer == "adam" : field == LearningRate || Find(optimizer, field) is not null;

    /// <summary>The default of a field; null if the optimizer does not have it.</summary>
    public static string? Default(string optimizer, Field field) => field == EpsilonForm ? optimizer == "adam" ? "pytorch" : null :
        (field == LearningRate ? OptimizerList.Find(optimizer)!.LearningRate : Find(optimizer, field)?.Default) is { } value
            ? Spelling.Number((float)value) : null;

    /// <summary>What a flat setting says of its optimizer, at any learning rate.</summary>
    public static Optimizer Setting(IReadOnlyDictionary<string, string> flat, float learningRate)
    {
        var optimizer = OptimizerList.Find(flat[FieldList.Optimizer])!.Make(
            learningRate, All.Where(field => flat.ContainsKey(field.Key)).ToDictionary(field => field.Leaf, field => Number(flat, field.Key)));
        if (optimizer is Optimizer<Adam> adam && flat.GetValueOrDefault(EpsilonForm.Key) == "keras")
            optimizer = adam with { Rule = adam.Rule with { CorrectsEpsilon = true } };
        return optimizer.With(Number(flat, WeightDecay), ScheduleOf(flat), long.Parse(flat[FieldList.Updates], CultureInfo.InvariantCulture))
            .ClippedTo(Number(flat, Clip));
    }

    private static OptimizerSetting? Find(string optimizer, Field field) => OptimizerList.Find(optimizer)!.Settings.FirstOrDefault(setting =>
        setting.Name == field.Leaf);

    private static Field Of(OptimizerSetting setting)
    {
        var (path, tag) = ($"training.{setting.Name}", setting.Name.ToLowerInvariant());
        return setting.Range switch
        {
            SettingRange.Count => Field.Count(path, tag, null, 1, 1_000_000),
            SettingRange.Share => new(path, tag, null, "a number from 0 up to 1, such as 0.9", Spelling.Share) { IsNumber = true, Schema = ValueSchema.Share },
            _ => new(path, tag, null, "a number above 0 such as 0.01", Spelling.PositiveNumber) { IsNumber = true, Schema = ValueSchema.PositiveNumber },
        };
    }
}
