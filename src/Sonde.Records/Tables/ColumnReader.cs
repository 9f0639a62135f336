using Parquet;
using Parquet.Schema;

namespace Sonde.Records.Tables;

/// <summary>Reads the columns of one row group of a table.</summary>
/// <param name="schema">The schema of the file.</param>
/// <param name="group">The row group.</param>
internal sealed class ColumnReader(ParquetSchema schema, ParquetRowGroupReader group)
{
    /// <summary>The number of rows in the group.</summary>
    public int Rows { get; } = checked((int)group.RowCount);

    /// <summary>Reads a column of 64-bit integers.</summary>
    public long[] Int64(string name) => Values<long>(name);

    /// <summary>Reads a column of 32-bit integers.</summary>
    public int[] Int32(string name) => Values<int>(name);

    /// <summary>Reads a column of doubles.</summary>
    public double[] Double(string name) => Values<double>(name);

    /// <summary>Reads a column of doubles in which cells may be null.</summary>
    public double?[] NullableDouble(string name)
    {
        var values = new double?[Rows];
        group.ReadAsync<double>(GetField<double>(name), values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return values;
    }

    /// <summary>Reads such a column; null if the file has none.</summary>
    public double?[]? FindNullableDouble(string name) => schema.DataFields.Any(field => field.Path.FirstPart == name) ? NullableDouble(name) : null;

    /// <summary>Reads a column of text. Cells of the same text share one string: a column names few quantities in many rows.</summary>
    public string[] Text(string name)
    {
        var cells = NullableText(name);
        return Array.IndexOf(cells, null) < 0 ? cells.OfType<string>().ToArray() : throw new InvalidDataException($"column '{name}' has an empty cell");
    }

    /// <summary>Reads a column of text in which cells may be null. Cells of the same text share one string.</summary>
    public string?[] NullableText(string name)
    {
        var cells = new string?[Rows];
        group.ReadAsync(GetField<ReadOnlyMemory<char>>(name), cells.AsMemory()).AsTask().GetAwaiter().GetResult();
        var distinct = new Dictionary<string, string>();
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not { } value)
                continue;
            if (!distinct.TryGetValue(value, out var shared))
                distinct[value] = shared = value;
            cells[i] = shared;
        }
        return cells;
    }

    /// <summary>Reads a column of lists of doubles.</summary>
    public double[][] DoubleList(string name)
    {
        var field = GetField<double>(name);
        var places = checked((int)(group.GetMetadata(field)?.MetaData?.NumValues
            ?? throw new InvalidDataException($"column '{name}' does not say how many values it has")));
        var (values, definition, repetition) = (new double[places], new int[places], new int[places]);
        group.ReadRawAsync<double>(field, values, definition.AsMemory(), repetition.AsMemory()).AsTask().GetAwaiter().GetResult();
        var lists = new List<double[]>(Rows);
        var next = 0;
        for (var start = 0; start < repetition.Length;)
        {
            var end = start + 1;
            while (end < repetition.Length && repetition[end] != 0)
                end++;
            var length = definition[start] == field.MaxDefinitionLevel ? end - start : 0;
            lists.Add(values[next..(next + length)]);
            next += length;
            start = end;
        }
        return [.. lists];
    }

    private T[] Values<T>(string name) where T : struct
    {
        var values = new T[Rows];
        group.ReadAsync<T>(GetField<T>(name), values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return values;
    }

    private DataField GetField<T>(string name)
    {
        var field = schema.DataFields.FirstOrDefault(f => f.Path.FirstPart == name)
            ?? throw new InvalidDataException($"column '{name}' is missing");
        return field.ClrType == typeof(T) ? field : throw new InvalidDataException($"column '{name}' holds {field.ClrType.Name} instead of {typeof(T).Name}");
    }
}
