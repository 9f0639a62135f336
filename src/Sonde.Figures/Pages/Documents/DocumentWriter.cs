using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sonde.Figures.Pages.Documents;

/// <summary>Writes one document for the pages: JSON in which numbers have few digits, and NaN and infinities are null.</summary>
internal sealed class DocumentWriter : IDisposable
{
    // More than any figure can show.
    private const int Digits = 6;

    // A name from a file stays text inside a page too: the default encoder escapes <, > and &.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    private readonly MemoryStream stream = new();
    private readonly Utf8JsonWriter json;

    private DocumentWriter() => json = new(stream, Options);

    /// <summary>Returns the document that an action fills.</summary>
    public static byte[] ToBytes(Action<DocumentWriter> fill)
    {
        using var writer = new DocumentWriter();
        writer.json.WriteStartObject();
        fill(writer);
        writer.json.WriteEndObject();
        writer.json.Flush();
        return writer.stream.ToArray();
    }

    /// <summary>Returns a document that says why there is none.</summary>
    public static byte[] Problem(string sentence) => ToBytes(document => document.Text("problem", sentence));

    /// <summary>Writes a text; null if there is none.</summary>
    public void Text(string name, string? text) => json.WriteString(name, text);

    /// <summary>Writes a whole number.</summary>
    public void Whole(string name, long? value)
    {
        json.WritePropertyName(name);
        WriteWhole(value);
    }

    /// <summary>Writes a number.</summary>
    public void Number(string name, double? value)
    {
        json.WritePropertyName(name);
        WriteNumber(value);
    }

    /// <summary>Writes bytes in base 64.</summary>
    public void Bytes(string name, byte[] bytes) => json.WriteBase64String(name, bytes);

    /// <summary>Writes true or false.</summary>
    public void Flag(string name, bool value) => json.WriteBoolean(name, value);

    /// <summary>Writes an object.</summary>
    public void Object(string name, Action fill)
    {
        json.WriteStartObject(name);
        fill();
        json.WriteEndObject();
    }

    /// <summary>Writes a list of objects.</summary>
    public void Objects<T>(string name, IEnumerable<T> items, Action<T> fill)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            fill(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes names and texts as an object.</summary>
    public void Texts(string name, IEnumerable<KeyValuePair<string, string>> texts) => Object(name, () =>
    {
        foreach (var (key, text) in texts)
            json.WriteString(key, text);
    });

    /// <summary>Writes a list of texts.</summary>
    public void Texts(string name, IEnumerable<string?> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes a list of whole numbers.</summary>
    public void Wholes(string name, IEnumerable<long?> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            WriteWhole(value);
        json.WriteEndArray();
    }

    /// <inheritdoc cref="Wholes(string, IEnumerable{long?})"/>
    public void Wholes(string name, IEnumerable<long> values) => Wholes(name, values.Select(value => (long?)value));

    /// <inheritdoc cref="Wholes(string, IEnumerable{long?})"/>
    public void Wholes(string name, IEnumerable<int> values) => Wholes(name, values.Select(value => (long?)value));

    /// <summary>Writes a list of numbers.</summary>
    public void Numbers(string name, IEnumerable<double?> values, int digits = Digits)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            WriteNumber(value, digits);
        json.WriteEndArray();
    }

    /// <inheritdoc cref="Numbers(string, IEnumerable{double?}, int)"/>
    public void Numbers(string name, IEnumerable<double> values, int digits = Digits) => Numbers(name, values.Select(value => (double?)value), digits);

    /// <summary>Writes a list of lists of numbers.</summary>
    public void NumberLists(string name, IEnumerable<IReadOnlyList<double>> lists, int digits = Digits)
    {
        json.WriteStartArray(name);
        foreach (var list in lists)
        {
            json.WriteStartArray();
            foreach (var value in list)
                WriteNumber(value, digits);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        json.Dispose();
        stream.Dispose();
    }

    /// <summary>Returns a number with few significant digits, which takes few characters.</summary>
    internal static double Rounded(double value, int digits = Digits)
    {
        if (value == 0 || value == Math.Truncate(value))
            return value;
        var scale = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return scale is > 0 and < double.PositiveInfinity ? Math.Round(value * scale) / scale : value;
    }

    private void WriteWhole(long? value)
    {
        if (value is { } whole)
            json.WriteNumberValue(whole);
        else
            json.WriteNullValue();
    }

    private void WriteNumber(double? value, int digits = Digits)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumberValue(Rounded(number, digits));
        else
            json.WriteNullValue();
    }
}
