namespace Sonde.Networks;

/// <summary>The form of a name by which study files can name a thing that a program adds.</summary>
internal static class ListedName
{
    /// <summary>Throws unless the name is one word of lower-case letters, digits and hyphens that begins with a letter.</summary>
    public static void Check(string? name, string kind)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetterLower(name[0])
            || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            throw new ArgumentException($"The name of an {kind} is lower-case letters, digits and hyphens and begins with a letter, such as leaky-relu; this "
                + $"one is '{name}'. Rename it.", nameof(name));
    }
}
