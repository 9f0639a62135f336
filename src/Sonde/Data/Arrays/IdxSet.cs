namespace Sonde.Data.Arrays;

/// <summary>Images and labels that belong together, read from a pair of IDX files.</summary>
/// <param name="Shape">The shape of each image.</param>
/// <param name="Greys">[Count, Shape.Inputs], row major.</param>
/// <param name="Labels">[Count], each below the number of classes.</param>
internal sealed record IdxSet(ImageShape Shape, byte[] Greys, byte[] Labels)
{
    /// <summary>How many images.</summary>
    public int Count => Labels.Length;

    /// <summary>Reads a pair of files.</summary>
    /// <param name="images">[count, height, width] or [count, channels, height, width].</param>
    /// <param name="labels">[count].</param>
    /// <param name="classes">Labels are 0..classes - 1.</param>
    /// <exception cref="DataException">A file is broken, their counts disagree, or a label is out of range.</exception>
    public static IdxSet Read(string images, string labels, int classes)
    {
        var labelFile = IdxFile.Read(labels, 1);
        var imageFile = IdxFile.Read(images, 3, 4);
        var sizes = imageFile.Dimensions;
        if (sizes[0] != labelFile.Dimensions[0])
            throw new DataException(images, $"as many images as {labels} has labels, {labelFile.Dimensions[0]}", $"{sizes[0]} images",
                "Use two files of one set, or fetch both again.");
        var wrong = Array.FindIndex(labelFile.Values, label => label >= classes);
        if (wrong >= 0)
            throw new DataException(labels, $"labels 0..{classes - 1}", $"label {labelFile.Values[wrong]} at index {wrong}",
                "Use the right file, or fetch it again.");
        return new(sizes.Count == 3 ? new(1, sizes[1], sizes[2]) : new(sizes[1], sizes[2], sizes[3]), imageFile.Values, labelFile.Values);
    }
}
