using System.Buffers.Binary;
using CsCheck;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Tests.Tables;

public sealed class TableTests
{
    [Fact]
    public void AnyCurve_ReadsBackToTheBit() => SampleRows.AnyPoint.Array[0, 40].Sample(rows => Same(CurveTable.Instance, rows, SampleRows.Text), iter: 200);

    [Fact]
    public void AnyStatistics_ReadBackToTheBit() =>
        SampleRows.AnyStatistics.Array[0, 40].Sample(rows => Same(LayersTable.Instance, rows, SampleRows.Text), iter: 200);

    [Fact]
    public void AnyHistograms_ReadBackToTheBit() =>
        SampleRows.AnyHistogram.Array[0, 40].Sample(rows => Same(HistogramsTable.Instance, rows, SampleRows.Text), iter: 200);

    [Fact]
    public void AnySpectra_ReadBackToTheBit() => SampleRows.AnySpectrum.Array[0, 40].Sample(rows => Same(SpectraTable.Instance, rows, SampleRows.Text),
        iter: 200);

    [Fact]
    public void AnyImages_ReadBackToTheBit() => SampleRows.AnyImage.Array[0, 40].Sample(rows => Same(ImagesTable.Instance, rows, SampleRows.Text), iter: 200);

    [Fact]
    public void CurveOfAnEarlierVersion_ReadsWithoutTheColumnsItLacks()
    {
        var old = new ColumnWriter();
        old.Int64("update", [5]);
        old.Text("split", ["test"]);
        old.Double("cost", [0.5]);
        old.Double("error", [12]);
        Assert.Equal([new CurvePoint(5, "test", 0.5, 12)], CurveTable.Instance.FromBytes(old.ToBytes(), "memory"));
    }

    [Fact]
    public void RepeatedSignedZeros_KeepTheirSigns()
    {
        // Long runs of equal values invite dictionary encoding, in which 0 and -0 (and all NaN) could fall together.
        CurvePoint[] rows = [.. Enumerable.Range(0, 2000).Select(i => new CurvePoint(i, "test", i % 3 == 0 ? -0.0 : 0.0, i % 5 == 0 ? double.NaN : 1))];
        Assert.True(Same(CurveTable.Instance, rows, SampleRows.Text));
    }

    [Fact]
    public void Predictions_ReadBack()
    {
        Prediction[] rows = [new(3, 4), new(0, 0), new(8, 1)];
        Assert.Equal(rows, PredictionsTable.Instance.FromBytes(PredictionsTable.Instance.ToBytes(rows), "memory"));
    }

    [Fact]
    public void EmptyTables_ReadBackEmpty()
    {
        Assert.Empty(CurveTable.Instance.FromBytes(CurveTable.Instance.ToBytes([]), "memory"));
        Assert.Empty(LayersTable.Instance.FromBytes(LayersTable.Instance.ToBytes([]), "memory"));
        Assert.Empty(HistogramsTable.Instance.FromBytes(HistogramsTable.Instance.ToBytes([]), "memory"));
        Assert.Empty(SpectraTable.Instance.FromBytes(SpectraTable.Instance.ToBytes([]), "memory"));
        Assert.Empty(ImagesTable.Instance.FromBytes(ImagesTable.Instance.ToBytes([]), "memory"));
        Assert.Empty(PredictionsTable.Instance.FromBytes(PredictionsTable.Instance.ToBytes([]), "memory"));
    }

    [Fact]
    public void EmptyListAmongOthers_ReadsBackEmpty()
    {
        LayerHistogram[] rows = [new(0, 1, "weight", 0, 1, []), new(0, 2, "weight", 0, 1, [1, 2.5]), new(0, 3, "weight", 0, 1, []),
            new(1, 1, "weight", 0, 1, [7])];
        Assert.True(Same(HistogramsTable.Instance, rows, SampleRows.Text));
    }

    [Fact]
    public void EveryTruncation_IsARecordException()
    {
        var whole = CurveTable.Instance.ToBytes([new(0, "test", 2.2, 88), new(5, "test", 2.1, 80)]);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            var error = Assert.Throws<RecordException>(() => CurveTable.Instance.FromBytes(cut, "curve/all.parquet"));
            Assert.Contains("curve/all.parquet", error.Message, StringComparison.Ordinal);
            Assert.Contains($"found {length} bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryByteFlipped_IsARecordExceptionOrAsManyRows()
    {
        // Here without the digest that trial.json has of it. A flipped footer once read as a table without rows, which no one would notice.
        var whole = HistogramsTable.Instance.ToBytes([new(0, 1, "activation", -1, 1, [1, 2, 3]), new(1, 1, "weight", -1, 1, [])]);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            try
            {
                Assert.Equal(2, HistogramsTable.Instance.FromBytes(damaged, "x.parquet").Count);
            }
            catch (RecordException)
            {
            }
        }
    }

    /// <summary>A million histograms once took 8 GB to become one table.</summary>
    [Fact]
    public void LargeTable_IsWrittenInRowGroupsThatDependOnItsRowsAlone()
    {
        LayerHistogram[] rows = [.. Enumerable.Range(0, 450).Select(i => new LayerHistogram(i, 1, "weight", 0, 1, [.. Enumerable.Repeat(i, 10_000)]))];
        var whole = HistogramsTable.Instance.ToBytes(rows);
        Assert.Equal(3, GroupsOf(whole));
        Assert.True(Same(HistogramsTable.Instance, rows, SampleRows.Text));
        Assert.Equal(whole, BytesOf(HistogramsTable.Instance.ToContent(rows)));
        Assert.Equal(1, GroupsOf(HistogramsTable.Instance.ToBytes(rows[..100])));
    }

    [Fact]
    public void PartsThatShareAnUpdate_BecomeOneSortedTable()
    {
        LayerSpectrum Row(long update, int layer) => new(update, layer, "jacobian", [update, layer]);
        var parts = new TableParts<LayerSpectrum>(SpectraTable.Instance);
        (byte[], string)[] written =
            [(SpectraTable.Instance.ToBytes([Row(0, 1), Row(5, 2)]), "a"), (SpectraTable.Instance.ToBytes([Row(5, 1), Row(9, 1)]), "b")];
        parts.Add(Row(12, 2));
        parts.Add(Row(12, 1));
        Assert.Equal(SpectraTable.Instance.ToBytes([Row(0, 1), Row(5, 1), Row(5, 2), Row(9, 1), Row(12, 1), Row(12, 2)]), BytesOf(parts.WholeContent(written)));
        Assert.Throws<RecordException>(() => BytesOf(parts.WholeContent(written.Reverse())));
    }

    private static byte[] BytesOf(FileContent content)
    {
        var bytes = new List<byte>();
        content(next => bytes.AddRange(next));
        return [.. bytes];
    }

    private static int GroupsOf(byte[] table)
    {
        using var stream = new MemoryStream(table);
        return Parquet.ParquetReader.CreateAsync(stream).GetAwaiter().GetResult().RowGroupCount;
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public void FooterLengthOutsideTheFile_IsRefused(int length)
    {
        var content = CurveTable.Instance.ToBytes([new(0, "test", 2.2, 88)]);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(content.Length - 8), length);
        Assert.Contains($"and the file says {length}", Assert.Throws<RecordException>(() => CurveTable.Instance.FromBytes(content, "x.parquet")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Behind a digest that fits, such a file once let its reader search for ever.</summary>
    [Fact]
    public void OneByteMoreOrLess_IsRefused()
    {
        var content = CurveTable.Instance.ToBytes([new(0, "test", 2.2, 88)]);
        foreach (var changed in new byte[][] { [.. content, 0], [.. content, .. "1"u8], [0, .. content], content[1..] })
            Assert.Throws<RecordException>(() => CurveTable.Instance.FromBytes(changed, "x.parquet"));
    }

    [Fact]
    public void CountOfRows_IsThatOfReading()
    {
        var content = CurveTable.Instance.ToBytes([new(0, "test", 2.2, 88), new(5, "test", 2.1, 80)]);
        Assert.Equal(2, CurveTable.Instance.CountRows(content, "x.parquet"));
    }

    [Fact]
    public void AnotherTable_IsARecordExceptionThatNamesTheColumn()
    {
        var error = Assert.Throws<RecordException>(() => LayersTable.Instance.FromBytes(CurveTable.Instance.ToBytes([]), "x.parquet"));
        Assert.Contains("the columns of the table 'layers'", error.Message, StringComparison.Ordinal);
        Assert.Contains("column 'layer' is missing", error.Message, StringComparison.Ordinal);
    }

    private static bool Same<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows, Func<TRow, string> text)
    {
        var bytes = table.ToBytes(rows);
        var back = table.FromBytes(bytes, "memory");
        return rows.Select(text).SequenceEqual(back.Select(text)) && bytes.AsSpan().SequenceEqual(table.ToBytes([.. rows]));
    }
}
