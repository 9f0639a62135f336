using System.Text;
using Sonde.Records.Files;

namespace Sonde.Figures.Drawing;

/// <summary>Writes files under another name and renames them, so that a reader or a crash never meets half a file.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, replacing one of this name.</summary>
    /// <exception cref="IOException">It cannot be written; a file of this name is unchanged.</exception>
    public static void Write(string path, byte[] content)
    {
        var temporary = DurableFile.TemporaryPathOf(path);
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file in UTF-8, replacing one of this name.</summary>
    /// <exception cref="IOException">It cannot be written; a file of this name is unchanged.</exception>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));
}
