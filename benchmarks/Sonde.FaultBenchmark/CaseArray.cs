using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sonde.FaultBenchmark;

/// <summary>Numbers of examples, row by row.</summary>
/// <param name="Columns">Numbers per example.</param>
/// <param name="Values">[examples, Columns], row major.</param>
internal sealed partial record CaseArray(int Columns, float[] Values)
{
    /// <summary>The number of examples.</summary>
    public int Rows => Values.Length / Columns;

    /// <summary>Returns one number.</summary>
    public float At(int row, int column) => Values[row * Columns + column];

    /// <summary>Reads a NumPy file of single-precision numbers.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file.</exception>
    public static CaseArray Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = Encoding.ASCII.GetString(bytes, 10, BitConverter.ToUInt16(bytes, 8));
        if (!header.Contains("'<f4'", StringComparison.Ordinal) || !header.Contains("'fortran_order': False", StringComparison.Ordinal))
            throw new InvalidDataException($"{path}: expected single-precision numbers in rows, found {header.Trim()}. Save the array as float32.");
        int[] sizes = [.. Shape().Match(header).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + header.Length)).ToArray();
        return new(Math.Max(1, values.Length / sizes[0]), values);
    }

    /// <summary>Reads images or labels of MNIST.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CaseArray ReadIdx(string path)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        var bytes = unpacked.ToArray();
        var start = 4 + 4 * bytes[3];
        var count = bytes[4] << 24 | bytes[5] << 16 | bytes[6] << 8 | bytes[7];
        return new((bytes.Length - start) / count, Array.ConvertAll(bytes[start..], value => (float)value));
    }

    /// <summary>Returns some of the examples, in the order given.</summary>
    public CaseArray Select(IEnumerable<int> rows) => this with { Values = [.. rows.SelectMany(row => Values[(row * Columns)..((row + 1) * Columns)])] };

    /// <summary>Returns each number changed by a function of it and its column.</summary>
    public CaseArray Map(Func<float, int, float> change) => this with { Values = [.. Values.Select((value, k) => change(value, k % Columns))] };

    /// <summary>Returns the examples, each column scaled by what another array has in it: standardized, or laid on [0, 1].</summary>
    /// <exception cref="InvalidDataException">There is no scaling of this name.</exception>
    public CaseArray Scaled(string how, CaseArray by)
    {
        if (how is "none" or "")
            return this;
        if (how == "unit length per pixel")
            return ToUnitLength();
        if (how[0] == '/')
            return Map((value, _) => value / float.Parse(how[1..], CultureInfo.InvariantCulture));
        var columns = Enumerable.Range(0, Columns).Select(k => by.Values.Where((_, i) => i % Columns == k).Select(value => (double)value).ToList()).ToList();
        var (offsets, units) = how switch
        {
            "standardize" => (columns.Select(column => column.Average()).ToArray(),
                columns.Select(column => Math.Sqrt(column.Average(value => (value - column.Average()) * (value - column.Average())))).ToArray()),
            "min-max" => (columns.Select(column => column.Min()).ToArray(), columns.Select(column => column.Max() - column.Min()).ToArray()),
            _ => throw new InvalidDataException($"scaling {how}: expected none, standardize, min-max, unit length per pixel or a divisor such as /255."),
        };
        return Map((value, k) => (float)((value - offsets[k]) / (units[k] == 0 ? 1 : units[k])));
    }

    // The colours of a pixel are a plane apart: all red, all green, all blue.
    private CaseArray ToUnitLength()
    {
        var (scaled, plane) = ((float[])Values.Clone(), Columns / 3);
        for (var k = 0; k < scaled.Length; k++)
        {
            var first = k / Columns * Columns + k % plane;
            var length = MathF.Sqrt(Values[first] * Values[first] + Values[first + plane] * Values[first + plane]
                + Values[first + 2 * plane] * Values[first + 2 * plane]);
            scaled[k] = length == 0 ? 0 : Values[k] / length;
        }
        return this with { Values = scaled };
    }

    /// <summary>Writes a NumPy file: single-precision numbers, or whole numbers if they are labels.</summary>
    public void Write(string path, bool areLabels = false)
    {
        var shape = areLabels ? $"({Rows},)" : $"({Rows}, {Columns})";
        var header = $"{{'descr': '{(areLabels ? "<i8" : "<f4")}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
        file.Write(areLabels ? MemoryMarshal.AsBytes<long>(Array.ConvertAll(Values, value => (long)value)) : MemoryMarshal.AsBytes<float>(Values));
    }

    [GeneratedRegex(@"'shape': \(([0-9, ]*)\)")]
    private static partial Regex Shape();
}
