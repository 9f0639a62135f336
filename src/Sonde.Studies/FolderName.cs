using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sonde.Studies;

/// <summary>Names the run folder of a study after what <c>--set</c> and <c>--scale</c> change: <c>first-look-updates-500</c>.</summary>
internal static partial class FolderName
{
    // Most file systems allow 255 bytes per name.
    private const int Longest = 150, DigestLength = 8;

    // Fields of these sections are known by their last name alone.
    private static readonly string[] Silent = ["training", "network", "variants"];

    public static string Of(string study, IReadOnlyList<string> overrides, string? scale)
    {
        string[] parts = [study, .. scale is null ? (string[])[] : [scale], .. overrides.Select(Part).Where(part => part.Length > 0)];
        var name = string.Join('-', parts);
        var folder = name[(name.LastIndexOf('/') + 1)..];
        if (folder.Length <= Longest)
            return name;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', overrides))));
        return string.Create(CultureInfo.InvariantCulture, $"{name[..^(folder.Length - Longest)]}-{digest[..DigestLength]}");
    }

    /// <summary>The field and its value with nothing in it that a folder's name should not have: <c>learningRate-0.01_0.1</c>.</summary>
    private static string Part(string text)
    {
        if (text.Split('=', 2) is not [var path, var value])
            return "";
        var names = path.Trim().Split('.').Where(name => !Silent.Contains(name));
        return $"{Plain(string.Join('.', names))}-{Plain(value)}".Trim('-');
    }

    private static string Plain(string text) => Strange().Replace(text, "_").Trim('_');

    [GeneratedRegex("[^A-Za-z0-9.+-]+")]
    private static partial Regex Strange();
}
