using System.Globalization;
using System.Text;

namespace Sonde.Figures.Drawing;

/// <summary>Writes files under another name and renames them, so that a reader or a crash never meets half a file.</summary>
internal static class WholeFile
{
    private static int files;

    /// <summary>Writes a file, replacing one of this name.</summary>
    /// <exception cref="IOException">It cannot be written; a file of this name is unchanged.</exception>
    public static void Write(string path, byte[] content)
    {
        // A name of this process and this call alone: several processes may draw into one folder.
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref files)}.tmp");
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
