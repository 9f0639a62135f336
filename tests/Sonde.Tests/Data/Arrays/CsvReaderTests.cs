using CsCheck;
using nietras.SeparatedValues;
using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b / 1|2")]
    [InlineData("a,b\r\n1,2", "a|b / 1|2")]
    [InlineData("a,b\r1,2\r", "a|b / 1|2")]
    [InlineData("\n\na;b\n\n1;2\n\n", "a|b / 1|2")]
    [InlineData("a\tb,c\n1\t2", "a|b,c / 1|2")]
    [InlineData("1,5;2\n", "1,5|2")]
    [InlineData("\"a,1\",\"say \"\"x\"\"\",\"\"\n\"two\nlines\",3,4", "a,1|say \"x\"| / two\nlines|3|4")]
    [InlineData(",,\n", "||")]
    [InlineData("alone\n2\n", "alone / 2")]
    [InlineData("\uFEFFa,b", "a|b")]
    [InlineData("", "")]
    public void Text_IsCutIntoCells(string text, string cells) =>
        Assert.Equal(cells, string.Join(" / ", Read(text).Select(record => string.Join('|', record))));

    [Fact]
    public void Places_CountLinesAndColumnsAsAnEditorDoes()
    {
        var reader = new CsvReader(Write("a,\"b\nc\",d\r\n\r\nlonger,2,3\n"));
        Assert.True(reader.Read());
        Assert.Equal((1, "line 1, column 3", "line 2, column 4"), (reader.Line, Place(reader, 1), Place(reader, 2)));
        Assert.True(reader.Read());
        Assert.Equal((4, "line 4, column 1", "line 4, column 8"), (reader.Line, Place(reader, 0), Place(reader, 1)));
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("1,2\n\"abc,4\n5,6\n", "line 2, column 1: expected a closing quote, found none up to the end of the file. Close the quotes.")]
    [InlineData("1,\"a\"b\n",
        "line 1, column 6: expected a separator or the end of the line after a closing quote, found 'b'. Double the quotes inside a cell.")]
    [InlineData("1,a\"b\n",
        "line 1, column 4: expected quotes around a whole cell, found a quote inside one. Put the cell in quotes and double the quotes inside.")]
    public void BrokenQuotes_AreToldWithTheirPlace(string text, string error) =>
        Assert.Equal($"{folder.File("x.csv")}, {error}", Assert.Throws<DataException>(() => Read(text)).Message);

    [Fact]
    public void ALineOfMillionsOfCells_IsRefused()
    {
        // A cell takes 32 bytes: a file of half a gigabyte of commas would take 16 GB.
        var path = folder.File("wide.csv");
        File.WriteAllText(path, new string(',', 1 << 23));
        Assert.EndsWith("line 1, column 4194304: expected at most 4194304 cells per line, found more. Is this the right file? "
            + "Save the numbers as a .npy array.",
            Assert.Throws<DataException>(() => new CsvReader(path).Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherBytesThanUtf8_AreRefused()
    {
        File.WriteAllBytes(folder.File("x.csv"), [(byte)'a', (byte)',', 0xE9, (byte)'\n']);
        Assert.StartsWith($"{folder.File("x.csv")}: expected UTF-8 text, found other bytes",
            Assert.Throws<DataException>(() => new CsvReader(folder.File("x.csv"))).Message);
    }

    [Fact]
    public void AnyTable_IsReadAsSepReadsIt()
    {
        var cell = Gen.Char["ab1.,;\" \n\t-"].Array[0, 6].Select(letters => new string(letters));
        Gen.Select(Gen.Int[2, 4], Gen.Char[",;\t"], Gen.Bool.Select(isDos => isDos ? "\r\n" : "\n")).SelectMany((columns, separator, newLine) =>
            cell.Array[columns].Array[1, 5].Select(rows => (rows, separator, newLine))).Sample(
            table =>
            {
                // Every cell in quotes: then no cell of the first line tells another separator, and no line is empty.
                var text = string.Concat(table.rows.Select(row => string.Join(table.separator, row.Select(c => $"\"{c.Replace("\"", "\"\"")}\""))
                    + table.newLine));
                Assert.Equal(table.rows, Read(text));
                using var sep = new Sep(table.separator).Reader(options => options with { HasHeader = false, Unescape = true }).FromText(text);
                var theirs = new List<string[]>();
                foreach (var row in sep)
                    theirs.Add(row[..].ToStringsArray());
                Assert.Equal(table.rows, theirs);
            }, iter: 200, threads: 1);
    }

    [Fact]
    public void AnyText_IsReadOrRefusedWithAPlace() => Gen.Char["a1,;\"\n\r\t"].Array[0, 20].Sample(
        letters =>
        {
            try
            {
                Read(new string(letters));
            }
            catch (DataException e)
            {
                Assert.Matches("x.csv, line [0-9]+, column [0-9]+: expected ", e.Message);
            }
        }, iter: 2000, threads: 1);

    private static string Place(CsvReader reader, int cell) => reader.PlaceOf(cell).Split("x.csv, ")[1];

    private List<string[]> Read(string text)
    {
        var reader = new CsvReader(Write(text));
        var records = new List<string[]>();
        while (reader.Read())
            records.Add([.. Enumerable.Range(0, reader.Count).Select(cell => reader[cell].ToString())]);
        return records;
    }

    private string Write(string text)
    {
        File.WriteAllText(folder.File("x.csv"), text);
        return folder.File("x.csv");
    }
}
