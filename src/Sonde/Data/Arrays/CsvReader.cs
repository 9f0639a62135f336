using System.Buffers;
using System.Globalization;
using System.Text;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>Reads a text of records with cells between separators, one record at a time, each cell with its line and column.</summary>
/// <remarks>Tabs, semicolons or commas separate cells: the first of these that the first line has. Quotes as [Rfc2005] has them: around a whole cell,
/// doubled inside. Empty lines are passed over.</remarks>
internal sealed class CsvReader
{
    // The file becomes one .NET string.
    private const long LargestFile = 1 << 29;
    private const int MostCells = 1 << 22;
    // Commas last: beside semicolons they are decimal commas, which the error about numbers names.
    private const string Separators = "\t;,";

    private readonly string path, text;
    private readonly char separator;
    private readonly SearchValues<char> ends;
    private readonly List<Cell> cells = [];
    private int at, lineStart;
    private long line = 1;

    /// <summary>Opens a file and finds its separator in the first line.</summary>
    /// <exception cref="DataException">It cannot be read, or is not text.</exception>
    public CsvReader(string path)
    {
        this.path = path;
        text = ReadText(path);
        separator = ChooseSeparator(text);
        ends = SearchValues.Create([separator, '\r', '\n', '"']);
    }

    /// <summary>How many cells the record has.</summary>
    public int Count => cells.Count;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The text of a cell, without its quotes.</summary>
    public ReadOnlySpan<char> this[int cell] =>
        cells[cell].HasDoubledQuotes ? text.AsSpan(cells[cell].Text).ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : text.AsSpan(cells[cell].Text);

    /// <summary>Where a cell begins: <c>FILE, line 3, column 14</c>.</summary>
    public string PlaceOf(int cell) => PlaceOf(cells[cell].Line, cells[cell].Column);

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="DataException">Quotes are not as they should be.</exception>
    public bool Read()
    {
        cells.Clear();
        while (Next is '\r' or '\n')
            TakeLineEnd();
        if (Next is null)
            return false;
        Line = line;
        ReadCell();
        while (Next == separator)
        {
            if (cells.Count == MostCells)
                throw Error(line, Column, $"at most {MostCells} cells per line", "more", "Is this the right file? Save the numbers as a .npy array.");
            at++;
            ReadCell();
        }
        TakeLineEnd();
        return true;
    }

    /// <summary>Starts again at the first record.</summary>
    public void Rewind() => (at, lineStart, line) = (0, 0, 1);

    /// <summary>True if a record has one cell whose words are numbers, which spaces separate.</summary>
    public bool IsSeparatedBySpaces => Count == 1 && this[0].Trim().ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } words
        && Array.Exists(words, word => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private char? Next => at < text.Length ? text[at] : null;

    private long Column => at - lineStart + 1;

    private void ReadCell()
    {
        var (start, startLine, startColumn) = (at, line, Column);
        var hasDoubledQuotes = false;
        var isQuoted = Next == '"';
        if (isQuoted)
        {
            at++;
            hasDoubledQuotes = TakeQuoted(startLine, startColumn);
            start++;
        }
        else
        {
            at += text.AsSpan(at).IndexOfAny(ends) is var length and >= 0 ? length : text.Length - at;
            if (Next == '"')
                throw Error(line, Column, "quotes around a whole cell", "a quote inside one", "Put the cell in quotes and double the quotes inside.");
        }
        cells.Add(new(start..(isQuoted ? at - 1 : at), hasDoubledQuotes, startLine, startColumn));
    }

    /// <summary>Moves just behind the closing quote; true if there are doubled quotes before it.</summary>
    private bool TakeQuoted(long startLine, long startColumn)
    {
        var hasDoubledQuotes = false;
        while (true)
        {
            if (Next is null)
                throw Error(startLine, startColumn, "a closing quote", "none up to the end of the file", "Close the quotes.");
            if (Next is '\r' or '\n')
            {
                TakeLineEnd();
                continue;
            }
            if (text[at++] != '"')
                continue;
            if (Next != '"')
                break;
            hasDoubledQuotes = true;
            at++;
        }
        return Next is null or '\r' or '\n' || Next == separator ? hasDoubledQuotes
            : throw Error(line, Column, "a separator or the end of the line after a closing quote", $"'{PrintableText.From([Next.Value])}'",
                "Double the quotes inside a cell.");
    }

    private void TakeLineEnd()
    {
        if (Next is null)
            return;
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        (line, lineStart) = (line + 1, at);
    }

    private static string ReadText(string path) => DataFile.Read(path, () =>
    {
        if (DataFile.LengthOf(path) is > LargestFile and var size)
            throw new DataException(path, $"a file of at most {LargestFile} bytes", $"{size}",
                "Save the numbers as a .npy array, which is smaller and faster to read.");
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException error)
        {
            throw new DataException($"{path}: expected UTF-8 text, found other bytes ({error.Message.TrimEnd('.')}). Save the file as UTF-8.", error);
        }
    });

    private static char ChooseSeparator(string text)
    {
        var (isQuoted, best) = (false, Separators.Length - 1);
        foreach (var next in text.AsSpan().TrimStart("\r\n"))
        {
            if (next is '\r' or '\n' && !isQuoted)
                break;
            isQuoted ^= next == '"';
            if (!isQuoted && Separators.IndexOf(next, StringComparison.Ordinal) is var which and >= 0)
                best = Math.Min(best, which);
        }
        return Separators[best];
    }

    private string PlaceOf(long line, long column) => $"{path}, line {line}, column {column}";

    private DataException Error(long line, long column, string expected, string found, string fix) => new(PlaceOf(line, column), expected, found, fix);

    private readonly record struct Cell(Range Text, bool HasDoubledQuotes, long Line, long Column);
}
