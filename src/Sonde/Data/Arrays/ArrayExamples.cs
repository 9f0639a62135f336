using System.Globalization;

namespace Sonde.Data.Arrays;

/// <summary>Reads the inputs and labels of a part from files of any kind that Sonde knows.</summary>
/// <param name="settings">What a study says about them.</param>
internal sealed class ArrayExamples(ArraySettings settings)
{
    // Above it, single precision skips whole numbers.
    private const float LargestWhole = 1 << 24;
    private const string MoveChannels = "Put channels second, as with numpy.moveaxis(x, 3, 1).";

    /// <summary>Reads a part.</summary>
    /// <exception cref="DataException">A file is broken, or inputs and labels do not fit together.</exception>
    public RawExamples Read(ArrayPart part)
    {
        var read = part.Labels is null ? new CsvExamples(part.Inputs, settings).Read() : ReadPair(part.Inputs, part.Labels);
        if (settings.Shape is { } shape && (long)shape.Channels * shape.Height * shape.Width != read.Inputs)
            throw new DataException(part.Inputs, $"examples of {shape} = {(long)shape.Channels * shape.Height * shape.Width} values, as `shape` says",
                $"{read.Inputs} values", "Correct `shape`, or remove it.");
        return read with { Shape = settings.Shape ?? read.Shape };
    }

    private RawExamples ReadPair(string inputsPath, string labelsPath)
    {
        var inputs = ReadInputs(inputsPath);
        (IReadOnlyList<int> Sizes, string Type, float[] Floats)? targets = settings.Task == TargetKind.Classes ? null : ReadTargets(labelsPath);
        var (labels, type) = targets is { } read ? (new long[read.Sizes[0]], read.Type) : ReadLabels(labelsPath);
        if (inputs.Sizes[0] != labels.Length)
            throw new DataException(inputsPath, $"as many examples as {labelsPath} has labels, {labels.Length}", $"{inputs.Sizes[0]}",
                "Use two files of one set.");
        var shape = inputs.Sizes switch
        {
            [_, var height, var width] => new ImageShape(1, height, width),
            [_, var channels, var height, var width] => new ImageShape(channels, height, width),
            _ => null,
        };
        if (shape is { Channels: > 4, Width: 1 or 3 or 4 })
            throw new DataException(inputsPath, "[count, channels, height, width]", $"{string.Join('x', inputs.Sizes)}, which looks like channels last",
                MoveChannels);
        List<long> occurring = [.. labels.Distinct()];
        var places = occurring.Select((label, place) => (label, place)).ToDictionary(n => n.label, n => n.place);
        List<string> names = [.. occurring.Select(label => label.ToString(CultureInfo.InvariantCulture))];
        var size = targets is { } table ? string.Join('x', table.Sizes) : $"{labels.Length}";
        return new(inputsPath, $"{inputsPath}: {string.Join('x', inputs.Sizes)} of {inputs.Type}; {labelsPath}: {size} of {type}", null, shape,
            inputs.Sizes.Skip(1).Aggregate(1, (product, size) => product * size),
            inputs.Greys, inputs.Floats, [.. labels.Select(label => places[label])], names)
        {
            Targets = targets?.Floats, Outputs = targets is { Sizes: [_, var outputs] } ? outputs : 1,
        };
    }

    private static (IReadOnlyList<int> Sizes, string Type, float[] Floats) ReadTargets(string path)
    {
        var array = NpyFile.Read(path);
        if (array.Shape.Count is not (1 or 2) || array.Count == 0)
            throw new DataException(path, "[count] or [count, outputs], each 1 or more", $"[{string.Join(", ", array.Shape)}]",
                "Reshape the array before saving, as with y.reshape(count, -1).");
        var floats = array.Floats();
        CheckFinite(path, floats, floats.Length / (int)array.Shape[0]);
        return (array.Shape, array.Type, floats);
    }

    private static (IReadOnlyList<int> Sizes, string Type, byte[]? Greys, float[]? Floats) ReadInputs(string path)
    {
        if (!path.EndsWith(".npy", StringComparison.Ordinal))
        {
            var idx = IdxFile.Read(path, 2, 3, 4);
            return (idx.Dimensions, "IDX bytes", idx.Values, null);
        }
        var array = NpyFile.Read(path);
        if (array.Shape.Count is < 2 or > 4 || array.Count == 0)
            throw new DataException(path, "[count, features], [count, height, width] or [count, channels, height, width], each 1 or more",
                $"[{string.Join(", ", array.Shape)}]", "Reshape the array before saving, as with x.reshape(count, -1).");
        if (array.Type == "u1")
            return (array.Shape, "u1", array.Bytes(), null);
        var floats = array.Floats();
        CheckFinite(path, floats, floats.Length / (int)array.Shape[0]);
        return (array.Shape, array.Type, null, floats);
    }

    private static void CheckFinite(string path, float[] values, int width)
    {
        var (odd, first) = (0, -1);
        foreach (var (k, value) in values.Index())
            if (!float.IsFinite(value))
                (odd, first) = (odd + 1, first < 0 ? k : first);
        if (odd > 0)
            throw new DataException(path, "finite numbers in single precision",
                $"{values[first]} in example {first / width}{(width > 1 ? $", value {first % width}" : "")}, counted from 0"
                    + (odd > 1 ? $", and {odd - 1} more" : ""),
                odd > 1 ? "Correct them, or leave the examples out; numpy.argwhere(~numpy.isfinite(x)) lists them."
                    : "Correct it, or leave the example out.");
    }

    private static (long[] Labels, string Type) ReadLabels(string path)
    {
        if (!path.EndsWith(".npy", StringComparison.Ordinal))
            return ([.. IdxFile.Read(path, 1).Values.Select(label => (long)label)], "IDX bytes");
        var array = NpyFile.Read(path);
        if (array.Shape.Count != 1 && !(array.Shape is [_, 1]))
            throw new DataException(path, "one label per example: [count]", $"[{string.Join(", ", array.Shape)}]",
                "Save one class number each, as with y.argmax(1).");
        if (array.IsWhole)
            return (array.WholeNumbers(), array.Type);
        // 0.0 and 1.0 are labels as 0 and 1 are.
        var numbers = array.Floats();
        if (Array.Find(numbers, number => !float.IsInteger(number) || Math.Abs(number) > LargestWhole) is var other && other != 0)
            throw new DataException(path, "labels that are whole numbers", string.Create(CultureInfo.InvariantCulture, $"{other}"),
                "Give every class a number, as with names, labels = numpy.unique(y, return_inverse=True).");
        return (Array.ConvertAll(numbers, number => (long)number), array.Type);
    }
}
