using Sonde.Numerics.Checks;

namespace Sonde.Studies.Fields;

/// <summary>A field whose value decides which of some other fields a trial has, and their defaults.</summary>
/// <param name="Path">The field that decides.</param>
/// <param name="Fields">The fields it decides about.</param>
/// <param name="Has">True if a value of the deciding field has a field.</param>
/// <param name="Default">The default of a field; null if a value does not have it, or if something else decides.</param>
/// <param name="Noun">What is chosen, for messages.</param>
/// <param name="Relation">The preposition between a trial and what is chosen, for messages.</param>
internal sealed record Choice(
    string Path, IReadOnlyList<Field> Fields, Func<string, Field, bool> Has, Func<string, Field, string?> Default, string Noun, string Relation)
{
    public static IReadOnlyList<Choice> All { get; } =
    [
        new(FieldList.Data, [.. DataFields.All.Skip(1)], DataFields.Has, DataFields.Default, "dataset", "on"),
        new(FieldList.Pretraining, PretrainingFields.All, PretrainingFields.Has, PretrainingFields.Default, "method of pre-training", "with pre-training"),
        new(FieldList.Optimizer, [OptimizerFields.LearningRate, .. OptimizerFields.All, OptimizerFields.EpsilonForm],
            OptimizerFields.Has, OptimizerFields.Default, "optimizer", "with"),
    ];

    /// <summary>What to do about a setting that the chosen value does not have: a name that nobody knows is more likely mistyped than the setting is
    /// wrong.</summary>
    public string Advice(string chosen) =>
        FieldList.Find(Path)!.Names is var names && !names.Contains(chosen) && NameSuggestion.Find(chosen, names) is { } near
            ? $" Did you mean the {Noun} '{near}'?" : $" Remove it, or name another {Noun}.";

    /// <summary>True for a field that some value of the deciding one does not have.</summary>
    public bool IsOptional(Field field) => !FieldList.Find(Path)!.Names.All(name => Has(name, field));

    /// <summary>The choice that decides about a field; null if none does.</summary>
    public static Choice? Of(Field field) => All.FirstOrDefault(choice => choice.Fields.Contains(field));
}
