using Sonde.Interop.Watching;
using Sonde.Probes;

namespace Sonde.Interop.Recordings;

/// <summary>Says what a recording lacks, and what therefore cannot be judged.</summary>
internal static class RecordingNotes
{
    // A quantity that is missing, and what needs it.
    private static readonly (string Quantity, string Words, string Lost)[] Needed =
    [
        (Quantity.Activation, "activations", "saturated and dead units are not judged"),
        (Quantity.BackpropagatedGradient, "gradients of pre-activations", "vanishing and exploding gradients are not judged"),
        (Quantity.UpdateToWeightRatio, "changes of weights", "the size of steps is not judged"),
    ];

    /// <summary>Adds the notes of a recording to its training.</summary>
    public static void Add(ObservedTraining training, RecordingFacts facts)
    {
        if (training.Layers.Count == 0)
            training.Note("No observation of a layer could be read, so nothing is said of activations and gradients.");
        var hidden = training.Shapes.Count - 1;
        foreach (var (quantity, words, lost) in Needed)
            if (training.Layers.Count > 0 && Missing(training, quantity, hidden) is { Count: > 0 } layers)
                training.Note($"The recording has no {words} in {(layers.Count == hidden ? "the hidden layers" : Layers(layers))}: {lost}.");
        foreach (var (index, layer) in facts.Layers.SkipLast(1).Index().Where(layer => training.Shapes[layer.Index].Activation is null))
            training.Note(layer.Activation is null
                ? $"What follows layer {index + 1} ('{layer.Name}') is no function that Sonde knows, so its saturation is not judged."
                : $"Sonde does not know the activation {layer.Activation} of layer {index + 1}, so its saturation is not judged.");
        if (training.Layers.Count > 0 && training.Facts.Cost is null)
            training.Note("The cost is not known: " + (training.Layers.Any(row => row.Quantity == Quantity.BackpropagatedGradient && row.Layer == hidden + 1)
                ? "the gradients of the output layer are those of none that Sonde knows" : "the recording has no gradients of the output layer")
                + $". So whether cost and output fit the targets is not judged. State it in {RecordingFacts.FileName}, as in \"cost\": \"mse\".");
        if (facts.Layers.SelectMany(layer => layer.Between).Distinct().ToList() is { Count: > 0 } between)
            training.Note($"{string.Join(", ", between)} {(between.Count == 1 ? "is" : "are")} between pre-activations and activation functions: "
                + "statistics of s are from before, those of z from after.");
        if (facts.Layers.Where(layer => layer.Kind.StartsWith("Conv", StringComparison.Ordinal)).ToList() is { Count: > 0 } convolutions)
            training.Note($"{convolutions.Count} of {facts.Layers.Count} layers are convolutions: each is taken as a layer of units, one for each channel, "
                + "with a row for every example and position.");
        CurveNotes.Add(training);
    }

    private static List<int> Missing(ObservedTraining training, string quantity, int hidden)
    {
        var measured = training.Layers.Where(row => row.Quantity == quantity).Select(row => row.Layer).ToHashSet();
        return [.. Enumerable.Range(1, hidden).Where(layer => !measured.Contains(layer))];
    }

    private static string Layers(List<int> layers) => layers.Count == 1 ? $"layer {layers[0]}" : $"layers {string.Join(", ", layers)}";
}
