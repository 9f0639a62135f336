using System.Buffers;

namespace Sonde.HouseRules;

/// <summary>A C# file taken apart: its code without comments and texts, and its comments and texts without code.</summary>
/// <remarks>Both parts have the length of the file, so that an offset in one is the same offset in the file. A token of a compiler would do more; these rules
/// need names and sentences only.</remarks>
internal sealed class CSharpText
{
    /// <summary>Fills <see cref="Prose"/> where the file has code.</summary>
    public const char Gap = '\0';

    private const char Hole = '\u0001';

    // All that may be between two pieces of one sentence: line ends, the marks of a comment, and a text's end, plus sign and beginning.
    private static readonly SearchValues<char> Joints = SearchValues.Create(" \r\n\t+$@\"/");

    private readonly string text;
    private readonly char[] code, prose;

    private CSharpText(string text)
    {
        this.text = text;
        code = [.. text.Select(character => character == '\n' ? '\n' : ' ')];
        prose = new char[text.Length];
        ReadCode(0, isHole: false);
        JoinPieces();
    }

    /// <summary>The code; comments and the characters of texts are blanks.</summary>
    public string Code => new(code);

    /// <summary>Comments and texts; each stretch of code between them is filled with <see cref="Gap"/>, a hole of an interpolated text with <c>#</c> and
    /// blanks, and what only joins two pieces of one sentence with blanks.</summary>
    public string Prose => new(prose);

    /// <summary>Takes a file apart.</summary>
    public static CSharpText Split(string text) => new(text);

    // Reads code up to the end of the file, or of the hole it is in; returns where that is.
    private int ReadCode(int at, bool isHole)
    {
        for (var depth = 0; at < text.Length;)
        {
            if (isHole && depth == 0 && text[at] == '}')
                return at;
            if (StartsWith(at, "//"))
                at = ReadComment(at, at + text.AsSpan(at).IndexOf('\n'));
            else if (StartsWith(at, "/*"))
                at = ReadComment(at, text.IndexOf("*/", at, StringComparison.Ordinal) + 2);
            else if (QuoteAt(at) is { } quote)
                at = ReadString(at, quote);
            else if (text[at] == '\'')
                at = EndOfCharacter(at);
            else
            {
                depth += text[at] is '{' or '(' or '[' ? 1 : text[at] is '}' or ')' or ']' ? -1 : 0;
                code[at] = text[at++];
            }
        }
        return at;
    }

    private int ReadComment(int begin, int end)
    {
        end = end < begin ? text.Length : end;
        var start = begin;
        while (start < end && text[start] is '/' or '*')
            start++;
        text.CopyTo(start, prose, start, end - start);
        return end;
    }

    // The first quotation mark of a text that begins here, its prefix of $ and @ included.
    private int? QuoteAt(int at)
    {
        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
            quote++;
        return quote < text.Length && text[quote] == '"' ? quote : null;
    }

    private int ReadString(int begin, int quote)
    {
        var prefix = text[begin..quote];
        var (dollars, isVerbatim) = (prefix.Count(mark => mark == '$'), prefix.Contains('@'));
        var quotes = 0;
        while (quote + quotes < text.Length && text[quote + quotes] == '"')
            quotes++;
        if (quotes == 2)
            return quote + 2;
        var isRaw = quotes > 2;
        var at = quote + (isRaw ? quotes : 1);
        while (at < text.Length)
        {
            if (isRaw ? StartsWith(at, new('"', quotes)) : text[at] == '"' && !(isVerbatim && StartsWith(at, "\"\"")))
                return at + (isRaw ? quotes : 1);
            if (dollars > 0 && text[at] == '{')
                at = ReadBraces(at, isRaw ? dollars : 1, isRaw);
            else if (!isRaw && (isVerbatim ? text[at] == '"' : text[at] == '\\'))
            {
                prose[at] = !isVerbatim && text[at + 1] == 'n' ? '\n' : ' ';
                prose[at + 1] = ' ';
                at += 2;
            }
            else
            {
                prose[at] = text[at];
                at++;
            }
        }
        return at;
    }

    // One brace of text written twice, or a hole with code.
    private int ReadBraces(int begin, int wanted, bool isRaw)
    {
        var at = begin;
        while (text[at] == '{')
            at++;
        var count = at - begin;
        if (isRaw ? count < wanted : count % 2 == 0)
        {
            Array.Fill(prose, ' ', begin, count);
            return at;
        }
        var end = ReadCode(at, isHole: true);
        end = Math.Min(text.Length, end + wanted);
        Array.Fill(prose, Hole, begin, end - begin);
        prose[begin] = '#';
        return end;
    }

    private int EndOfCharacter(int begin)
    {
        var at = begin + 1;
        while (at < text.Length && text[at] != '\'')
            at += text[at] == '\\' ? 2 : 1;
        return Math.Min(text.Length, at + 1);
    }

    // A sentence may run over lines of a comment, or over texts added with +.
    private void JoinPieces()
    {
        for (var begin = 0; begin < prose.Length;)
        {
            if (prose[begin] != Gap)
            {
                prose[begin] = prose[begin] == Hole ? ' ' : prose[begin];
                begin++;
                continue;
            }
            var end = begin;
            while (end < prose.Length && prose[end] == Gap)
                end++;
            var between = text.AsSpan(begin, end - begin);
            if (between.IndexOfAnyExcept(Joints) < 0 && between.Count('\n') < 2)
                Array.Fill(prose, ' ', begin, end - begin);
            begin = end;
        }
    }

    private bool StartsWith(int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;
}
