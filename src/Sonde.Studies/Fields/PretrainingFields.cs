using System.Globalization;
using Sonde.Pretraining;

namespace Sonde.Studies.Fields;

/// <summary>The settings of training before the first supervised update; a trial without pre-training has none of these.</summary>
internal static class PretrainingFields
{
    public const string None = "none";
    public const string DenoisingAutoencoder = "denoising-autoencoder";

    public const string Updates = "pretraining.updates";
    public const string LearningRate = "pretraining.learningRate";
    private const string Corruption = "pretraining.corruption";
    private const string Noise = "pretraining.noise";
    public const string Cost = "pretraining.cost";

    private static readonly PretrainingPlan Usual = new() { Updates = 10_000 };

    public static Field Method { get; } = Field.Named(
        FieldList.Pretraining, "", None, [None, DenoisingAutoencoder], text => text is None or DenoisingAutoencoder ? text : null) with
    { Absence = None };

    public static IReadOnlyList<Field> All { get; } =
    [
        Field.Count(Updates, "pretrain", null, 1, 1_000_000_000),
        new(LearningRate, "pretrain-lr", null, "a number above 0 such as 0.001", Spelling.PositiveNumber)
        {
            IsNumber = true, Schema = ValueSchema.PositiveNumber,
        },
        Field.Named(Corruption, "", null, CorruptionList.All.Select(c => c.Name), text => CorruptionList.Find(text)?.Name),
        new(Noise, "noise", null, "a number from 0 up to 1, such as 0.25", Spelling.Share) { IsNumber = true, Schema = ValueSchema.Share },
        Field.Named(Cost, "", null, ReconstructionCostList.All.Select(c => c.Name), text => ReconstructionCostList.Find(text) is null ? null : text) with
        {
            // The former word of squared-distance stays valid, and is recorded as written: old runs remain the same study.
            Schema = () => ValueSchema.Names([.. ReconstructionCostList.All.Select(c => c.Name), "quadratic"]),
        },
    ];

    /// <summary>True if the method has this setting.</summary>
    public static bool Has(string method, Field field) => method != None;

    /// <summary>The value of a field that a study does not set; null if there is no pre-training.</summary>
    public static string? Default(string method, Field field) => method == None ? null : field.Path switch
    {
        Updates => Usual.Updates.ToString(CultureInfo.InvariantCulture),
        LearningRate => Spelling.Number(Usual.LearningRate),
        Corruption => Usual.Corruption.Name,
        Noise => Spelling.Number(Usual.Noise),
        _ => Usual.Cost.Name,
    };

    /// <summary>What a flat setting says of pre-training; null if there is none, or if one of its fields is not recorded.</summary>
    public static PretrainingPlan? Find(IReadOnlyDictionary<string, string> flat) =>
        !flat.ContainsKey(FieldList.Pretraining) || !All.All(field => flat.ContainsKey(field.Key)) ? null : new()
        {
            Updates = long.Parse(flat[Updates], CultureInfo.InvariantCulture),
            LearningRate = float.Parse(flat[LearningRate], CultureInfo.InvariantCulture),
            Corruption = CorruptionList.Find(flat[Corruption])!,
            Noise = float.Parse(flat[Noise], CultureInfo.InvariantCulture),
            Cost = ReconstructionCostList.Find(flat[Cost])!,
        };
}
