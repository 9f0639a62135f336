using System.Globalization;
using System.Text;
using nietras.SeparatedValues;
using Sonde.Records.Files;

namespace Sonde.Cli.Export;

/// <summary>A CSV file that appears whole: it has a temporary name until <see cref="Finish"/> renames it.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string temporary;
    private readonly SepWriter writer;

    /// <summary>Creates the file and writes its heading.</summary>
    public CsvFile(string path, params IEnumerable<string> columns)
    {
        (Path, temporary) = (path, DurableFile.TemporaryPathOf(path));
        var text = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        writer = Sep.New(',').Writer(options => options with { Escape = true }).To(text);
        writer.Header.Add([.. columns]);
        writer.Header.Write();
    }

    /// <summary>Its final path.</summary>
    public string Path { get; }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row, one value for each column. Numbers read back to the bit; null is an empty cell.</summary>
    public void Row(params ReadOnlySpan<object?> values)
    {
        using var row = writer.NewRow();
        for (var column = 0; column < values.Length; column++)
            row[column].Set(Convert.ToString(values[column], CultureInfo.InvariantCulture) ?? "");
        Rows++;
    }

    /// <summary>Gives the file its name.</summary>
    public void Finish()
    {
        writer.Dispose();
        File.Move(temporary, Path, overwrite: true);
    }

    /// <summary>Deletes the file if it was not finished.</summary>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // The disk is full, as the row that failed has said; its file goes all the same.
        }
        File.Delete(temporary);
    }
}
