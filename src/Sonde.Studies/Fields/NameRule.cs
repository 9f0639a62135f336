using System.Text.RegularExpressions;

namespace Sonde.Studies.Fields;

/// <summary>The rule for names of studies and variants, which become names of folders.</summary>
internal static partial class NameRule
{
    public const string Text = "letters, digits, dots, hyphens and underscores, beginning with a letter or digit, at most 60 of them";

    /// <summary>The rule for a study's name.</summary>
    public const string StudyText = Text + "; a slash begins another such part, as in paper/shapeset";

    /// <summary>The rule for one part, as a regular expression.</summary>
    public const string Pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

    public static bool IsVariant(string name) => Part().IsMatch(name);

    public static bool IsStudy(string name) => name.Length <= 120 && name.Split('/').All(IsVariant);

    [GeneratedRegex($@"\A{Pattern}\z")]
    private static partial Regex Part();
}
