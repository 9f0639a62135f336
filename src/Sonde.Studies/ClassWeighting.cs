using System.Globalization;
using Sonde.Data;
using Sonde.Studies.Fields;

namespace Sonde.Studies;

/// <summary>Turns <c>training.classWeights</c> into a weight for each class of a dataset.</summary>
internal static class ClassWeighting
{
    private const int CountedAtOnce = 1000;

    /// <summary>Returns the weights; null if all classes count alike.</summary>
    /// <param name="text">The field's value; null if a trial has none.</param>
    /// <param name="data">The dataset.</param>
    /// <exception cref="DataException">The dataset has no classes, or another number of them.</exception>
    public static IReadOnlyList<float>? Find(string? text, Dataset data)
    {
        if (text is null or FieldList.Equal)
            return null;
        var classes = data.Targets switch
        {
            null => data.Classes.Count,
            { Kind: TargetKind.YesNo, Outputs: 1 } => 2,
            _ => throw new DataException(
                $"{data.Name}, {FieldList.ClassWeights}: expected classes, or one answer of yes or no, found several answers, or numbers. Remove the field."),
        };
        if (text == FieldList.Balanced)
            return Balance(data, classes);
        float[] weights = [.. text.Trim('[', ']').Split(',').Select(weight => float.Parse(weight, CultureInfo.InvariantCulture))];
        return weights.Length == classes ? weights : throw new DataException(
            $"{data.Name}, {FieldList.ClassWeights}: expected {classes} weights, one for each class, found {weights.Length}. Give {classes}, or write "
            + $"{FieldList.Balanced}.");
    }

    // All classes together count as much as before, and each as much as another.
    private static float[] Balance(Dataset data, int classes)
    {
        var counts = new long[classes];
        var counted = data.OpenFirst((int)Math.Min(data.Open(Split.Train, 1).Count ?? 10 * CountedAtOnce, int.MaxValue), Split.Train, 1);
        foreach (var (_, labels) in counted.ReadChunks(CountedAtOnce))
            foreach (var label in labels)
                counts[data.Targets is null ? label : data.Targets.Row(label)[0] > 0.5f ? 1 : 0]++;
        return Array.ConvertAll(counts, count => count == 0 ? 1 : (float)(counts.Sum() / (double)(classes * count)));
    }
}
