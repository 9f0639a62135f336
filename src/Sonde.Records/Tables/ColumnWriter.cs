using Parquet;
using Parquet.Schema;

namespace Sonde.Records.Tables;

/// <summary>Collects the columns of a table, in order, and writes them as one Parquet file with one row group.</summary>
internal sealed class ColumnWriter
{
    // Nothing in the file depends on the moment or the machine: no key-value metadata, one codec, one row group.
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    private readonly List<Field> fields = [];
    private readonly List<Func<ParquetRowGroupWriter, Task>> writes = [];

    /// <summary>Adds a column of 64-bit integers.</summary>
    public void Int64(string name, IEnumerable<long> values) => Values(name, values.ToArray());

    /// <summary>Adds a column of 32-bit integers.</summary>
    public void Int32(string name, IEnumerable<int> values) => Values(name, values.ToArray());

    /// <summary>Adds a column of doubles; NaN and infinities are kept.</summary>
    public void Double(string name, IEnumerable<double> values) => Values(name, values.ToArray());

    /// <summary>Adds a column of doubles; null means that the column does not apply to a row.</summary>
    public void NullableDouble(string name, IEnumerable<double?> values)
    {
        var (field, array) = (new DataField<double>(name, nullable: true), values.ToArray());
        Add(field, writer => writer.WriteAsync<double>(field, array.AsMemory()));
    }

    /// <summary>Adds a column of text.</summary>
    public void Text(string name, IEnumerable<string> values)
    {
        var (field, array) = (new DataField<string>(name, nullable: false), values.ToArray());
        Add(field, writer => writer.WriteAsync(field, array));
    }

    /// <summary>Adds a column of text in which cells may be null.</summary>
    public void NullableText(string name, IEnumerable<string?> values)
    {
        var (field, array) = (new DataField<string>(name, nullable: true), values.ToArray());
        Add(field, writer => writer.WriteAsync(field, array));
    }

    /// <summary>Adds a column of lists of doubles.</summary>
    public void DoubleList(string name, IEnumerable<double[]> values)
    {
        var item = new DataField<double>("element", nullable: false);
        var (flat, definition, repetition) = (new List<double>(), new List<int>(), new List<int>());
        var lists = values.ToArray();
        Add(new ListField(name, item), writer =>
        {
            foreach (var list in lists)
            {
                // An empty list holds one place without a value: a definition level one below that of a value.
                for (var i = 0; i < Math.Max(1, list.Length); i++)
                {
                    repetition.Add(i == 0 ? 0 : item.MaxRepetitionLevel);
                    definition.Add(list.Length == 0 ? item.MaxDefinitionLevel - 1 : item.MaxDefinitionLevel);
                }
                flat.AddRange(list);
            }
            return writer.WriteAllPartsAsync<double>(item, flat.ToArray(), definition.ToArray(), repetition.ToArray(), CancellationToken.None);
        });
    }

    /// <summary>Returns the whole file.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        WriteAsync(stream).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>Begins a file of row groups that have these columns.</summary>
    public Task<ParquetWriter> OpenAsync(Stream stream) => ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, Options);

    /// <summary>Adds the columns as a row group to a file that another writer with the same columns has begun.</summary>
    public async Task AppendAsync(ParquetWriter writer)
    {
        // A field learns its place in the schema from the schema that is made of it.
        _ = new ParquetSchema(fields);
        await WriteGroupAsync(writer).ConfigureAwait(false);
    }

    private async Task WriteAsync(Stream stream)
    {
        await using var writer = await OpenAsync(stream).ConfigureAwait(false);
        await WriteGroupAsync(writer).ConfigureAwait(false);
    }

    private async Task WriteGroupAsync(ParquetWriter writer)
    {
        using var group = writer.CreateRowGroup();
        foreach (var write in writes)
            await write(group).ConfigureAwait(false);
    }

    private void Values<T>(string name, T[] values) where T : struct
    {
        var field = new DataField<T>(name, nullable: false);
        Add(field, writer => writer.WriteAsync<T>(field, values.AsMemory()));
    }

    private void Add(Field field, Func<ParquetRowGroupWriter, Task> write)
    {
        fields.Add(field);
        writes.Add(write);
    }
}
