using System.Reflection;
using Sonde.Data.Fetching;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;

namespace Sonde.Studies;

/// <summary>The studies that come with Sonde.</summary>
public static class StudyList
{
    private const string Prefix = "studies/";
    private const string Extension = ".yaml";
    private static readonly Assembly Here = typeof(StudyList).Assembly;

    /// <summary>Their names, sorted: <c>first-look</c>, ...</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a built-in study by name, or a study from a file.</summary>
    /// <param name="nameOrPath">A name of <see cref="Names"/>, or a path; what holds a separator or ends in <c>.yaml</c> or <c>.yml</c> and is no name is a
    /// path.</param>
    /// <param name="overrides">Texts such as <c>training.updates=1000</c>.</param>
    /// <param name="scale">One of the study's scales, such as <c>quick</c>; null for the study without a scale.</param>
    /// <param name="data">The data folders that say how long an epoch of your own data is; null for the user\'s own.</param>
    /// <exception cref="StudyException">There is no such study, or it cannot be read.</exception>
    public static Study Open(string nameOrPath, IReadOnlyList<string>? overrides = null, string? scale = null, DataFolder? data = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Names.Contains(nameOrPath))
            return StudyFile.Parse(Text(nameOrPath), $"{nameOrPath} (built in)", overrides, scale, data);
        if (File.Exists(nameOrPath) || nameOrPath.EndsWith(Extension, StringComparison.Ordinal) || nameOrPath.EndsWith(".yml", StringComparison.Ordinal))
            return StudyFile.Read(nameOrPath, overrides, scale, data);
        throw new StudyException($"There is no study '{nameOrPath}'.{NameSuggestion.Hint(nameOrPath, Names)} "
            + $"Give a study file (such as mine.yaml), a run folder, or a built-in study: {string.Join(", ", Names)}.");
    }

    /// <summary>Returns the usual name of a study's run folder: the study's name, then the scale and what the overrides change, so that a changed study
    /// does not block the plain one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="overrides">The texts that changed it, such as <c>training.updates=1000</c>.</param>
    /// <param name="scale">Its scale; null for none.</param>
    public static string FolderNameOf(Study study, IReadOnlyList<string> overrides, string? scale = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(overrides);
        return FolderName.Of(study.Name, overrides, scale);
    }

    /// <summary>The YAML text of a built-in study.</summary>
    /// <exception cref="StudyException">There is no such study.</exception>
    public static string Text(string name)
    {
        using var stream = Here.GetManifestResourceStream($"{Prefix}{name}{Extension}")
            ?? throw new StudyException(
                $"There is no built-in study '{name}'.{NameSuggestion.Hint(name ?? "", Names)} There are {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
