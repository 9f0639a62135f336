using Sonde.Data.Fetching;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Grids;
using Sonde.Studies.Yaml;

namespace Sonde.Studies;

/// <summary>Reads and writes study files.</summary>
public static class StudyFile
{
    /// <summary>Reads a study from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Texts such as <c>training.updates=1000</c>, laid over it in order.</param>
    /// <param name="scale">One of the study's scales, laid over it before them; null for the study without a scale.</param>
    /// <param name="data">The data folders that say how long an epoch of your own data is; null for the user\'s own.</param>
    /// <exception cref="StudyException">The file cannot be read, or is not a study; the message names line, column and field.</exception>
    public static Study Read(string path, IReadOnlyList<string>? overrides = null, string? scale = null, DataFolder? data = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > 4 * NodeReader.LengthLimit } file)
                throw new StudyException($"{path}: expected a study file of at most {NodeReader.LengthLimit} characters, got {file.Length} bytes. A study "
                    + "is a page of settings: is this the right file?");
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StudyException($"{path}: expected a study file, found nothing there.{NearbyName(path)} Give the path of a .yaml file, or a name that "
                + "'sonde studies' lists.", missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{path}: expected a study file, got none that can be read ({e.Message.TrimEnd('.')}). Give the path of a .yaml "
                + "file, or a name that 'sonde studies' lists.", e);
        }
        if (OtherKind(text) is { } kind)
            throw new StudyException($"{path}: expected a study file, got {kind}. Give the path of a .yaml file, a run folder, or a name that 'sonde studies' "
                + "lists.");
        return Parse(text, path, overrides, scale, data);
    }

    private static string NearbyName(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        return !Directory.Exists(folder) ? "" : NameSuggestion.Hint(Path.GetFileName(path),
            Directory.EnumerateFiles(folder, "*", new EnumerationOptions()).Select(file => Path.GetFileName(file))
                .Where(name => Path.GetExtension(name) is ".yaml" or ".yml").Order());
    }

    /// <summary>Says what a file is that somebody took for a study; null if it may be one.</summary>
    private static string? OtherKind(string text) =>
        text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('<') ? "a page of HTML or XML"
            : text.Contains('\0', StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal) ? "a file that is not text in UTF-8" : null;

    /// <summary>Reads a study from text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="overrides">Texts such as <c>training.updates=1000</c>, laid over it in order.</param>
    /// <param name="scale">One of the study's scales, laid over it before them; null for the study without a scale.</param>
    /// <param name="data">The data folders that say how long an epoch of your own data is; null for the user\'s own.</param>
    /// <exception cref="StudyException">It is not a study; the message names line, column and field.</exception>
    public static Study Parse(string text, string source, IReadOnlyList<string>? overrides = null, string? scale = null, DataFolder? data = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        var node = NodeReader.Read(text, source);
        if (node is not MapNode root)
            throw new StudyException($"{node?.Where ?? new Place(source, 1, 1)}: expected a study such as 'study: NAME', got {node?.Shown ?? "nothing"}. "
                + "Write 'field: value' lines.");
        var chosen = Scales.Apply(root, scale);
        foreach (var other in Scales.Names(root).Where(name => name != scale))
            new StudyReader(data).Read(Scales.Apply(root, other), null, _ => throw new InvalidOperationException("A scale is only checked."));
        foreach (var given in overrides ?? [])
            Override.Apply(chosen, given);
        return new StudyReader(data).Read(chosen, Description(text), more => Parse(text, source, [.. overrides ?? [], .. more], scale, data));
    }

    /// <summary>Builds one trial's setting from defaults and changes alone, without a file.</summary>
    /// <param name="source">What errors call it, such as <c>the command line</c>.</param>
    /// <param name="overrides">Texts such as <c>network.hidden=100x2</c>, the first one first; <see cref="SettingField.To"/> writes them.</param>
    /// <exception cref="StudyException">A value is wrong, or a list means several trials.</exception>
    public static TrialSetting ReadSingle(string source, params IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        return Parse("study: single", source, overrides).Trials is [var trial] ? trial.Setting : throw new StudyException(
            $"{source}: expected one value for each field, got lists: {string.Join(", ", overrides)}. Give each field one value.");
    }

    /// <summary>The study as YAML with every default spelled out; reading it gives an equal study.</summary>
    public static string Write(Study study) => StudyWriter.Write(study);

    /// <summary>The first comment above everything else that is not meant for an editor.</summary>
    private static string? Description(string text) =>
        text.TrimStart('\uFEFF').Split('\n', 10).Select(line => line.Trim()).TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())
            .FirstOrDefault(comment => comment.Length > 0 && !comment.StartsWith("yaml-language-server:", StringComparison.Ordinal));
}
