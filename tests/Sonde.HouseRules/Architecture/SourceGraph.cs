using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Which folders of <c>src</c> use which others: an arrow from one to another for each name of the second that a file of the first uses.</summary>
/// <remarks>A name is looked up as the compiler does: in the namespaces around the file, by a qualified name, or by the file's <c>using</c> lines. A cref in a
/// comment is no arrow. What a file reaches without naming its type is none either: then no file below could be read without the one above.</remarks>
internal sealed partial class SourceGraph
{
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>> types = [], extensions = [];
    private readonly HashSet<string> typeNames;

    private SourceGraph(IEnumerable<string> paths)
    {
        var files = paths.Select(SourceFile.Read).ToList();
        foreach (var file in files)
        {
            foreach (var name in file.Types)
                Declare(types, file, name);
            foreach (var name in file.Extensions)
                Declare(extensions, file, name);
        }
        typeNames = [.. types.Values.SelectMany(names => names.Keys)];
        Folders = [.. files.Select(file => file.Folder).Distinct().Order(StringComparer.Ordinal)];
        Arrows = [.. files.SelectMany(Uses).Distinct().OrderBy(arrow => (arrow.From, arrow.To, arrow.File, arrow.Name).ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Every folder that holds C# files, relative to <c>src</c>.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Every use of a name of another folder.</summary>
    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>Reads all of <c>src</c>.</summary>
    public static SourceGraph Read() => new(Repository.SourceFiles("src"));

    /// <summary>Finds the folders that reach each other by the given arrows, in groups of two or more.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Circles(IEnumerable<Arrow> arrows)
    {
        var targets = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var reached = targets.ToDictionary(group => group.Key, group => Reach(group.Key, targets));
        return [.. reached.Keys.Where(folder => reached[folder].Contains(folder))
            .GroupBy(folder => string.Join(", ", reached[folder].Where(other => reached.TryGetValue(other, out var back) && back.Contains(folder))
                .Order(StringComparer.Ordinal)))
            .Select(group => group.Order(StringComparer.Ordinal).ToList())];
    }

    private static HashSet<string> Reach(string from, ILookup<string, string> targets)
    {
        var (reached, waiting) = (new HashSet<string>(), new Stack<string>([from]));
        while (waiting.TryPop(out var folder))
            foreach (var next in targets[folder].Where(reached.Add))
                waiting.Push(next);
        return reached;
    }

    private static void Declare(Dictionary<string, Dictionary<string, HashSet<string>>> declared, SourceFile file, string name)
    {
        if (!declared.TryGetValue(file.Namespace, out var names))
            declared[file.Namespace] = names = [];
        if (!names.TryGetValue(name, out var folders))
            names[name] = folders = [];
        folders.Add(file.Folder);
    }

    private IEnumerable<Arrow> Uses(SourceFile file) =>
        from name in file.QualifiedNames.SelectMany(name => Named(file, name)).Concat(file.Aliases.SelectMany(alias => Named(file, alias)))
            .Concat(file.Calls.Where(call => !typeNames.Contains(call.Before)).SelectMany(call => Extended(file, call.Name)))
        from folder in name.Folders
        where folder != file.Folder
        select new Arrow(file.Folder, folder, file.Path, name.Name);

    // The type that a name with its dots begins with.
    private IEnumerable<(string Name, HashSet<string> Folders)> Named(SourceFile file, string[] parts)
    {
        foreach (var around in file.NamespacesAround.Append(""))
            for (var (space, part) = (around, 0); part < parts.Length; space = space.Length == 0 ? parts[part] : $"{space}.{parts[part]}", part++)
                if (types.TryGetValue(space, out var names) && names.TryGetValue(parts[part], out var folders))
                    return folders.Contains(file.Folder) ? [] : [(parts[part], folders)];
        foreach (var import in file.Imports)
            if (types.TryGetValue(import, out var names) && names.TryGetValue(parts[0], out var folders))
                return [(parts[0], folders)];
        return [];
    }

    private IEnumerable<(string Name, HashSet<string> Folders)> Extended(SourceFile file, string member) =>
        from space in file.NamespacesAround.Concat(file.Imports)
        where extensions.TryGetValue(space, out var names) && names.ContainsKey(member)
        select (member, extensions[space][member]);

    /// <summary>One use.</summary>
    /// <param name="From">The folder whose file uses the name.</param>
    /// <param name="To">The folder that declares it.</param>
    /// <param name="File">The file, relative to the checkout.</param>
    /// <param name="Name">A type, or an extension method.</param>
    internal readonly record struct Arrow(string From, string To, string File, string Name);

    /// <summary>What the graph needs to know of one file.</summary>
    private sealed record SourceFile(string Path, string Folder, string Namespace, string Body, IReadOnlyList<string> Imports, IReadOnlyList<string[]> Aliases)
    {
        /// <summary>The file's namespace, then those around it.</summary>
        public IEnumerable<string> NamespacesAround
        {
            get
            {
                for (var space = Namespace; space.Length > 0; space = space.Contains('.') ? space[..space.LastIndexOf('.')] : "")
                    yield return space;
            }
        }

        /// <summary>Types that are not inside of others.</summary>
        public IEnumerable<string> Types => TypeDeclaration().Matches(OutsideOfBraces(Body)).Select(match => match.Groups["name"].Value);

        public IEnumerable<string> Extensions => ExtensionDeclaration().Matches(Body).Select(match => match.Groups["name"].Value);

        /// <summary>Names that follow no dot, with those that follow them after dots.</summary>
        public IEnumerable<string[]> QualifiedNames => QualifiedName().Matches(Body).Select(match => match.Value).Distinct().Select(name => name.Split('.'));

        /// <summary>Members that are called on something: on a value, if what is before the dot begins with a small letter or is no name.</summary>
        public IEnumerable<(string Before, string Name)> Calls =>
            MemberCall().Matches(Body).Select(match => (match.Groups["before"].Value, match.Groups["name"].Value)).Distinct();

        public static SourceFile Read(string path)
        {
            var code = CSharpText.Split(Repository.Read(path)).Code;
            var uses = UsingLine().Matches(code);
            return new(path, path["src/".Length..path.LastIndexOf('/')], NamespaceLine().Match(code).Groups["name"].Value,
                NamespaceLine().Replace(UsingLine().Replace(code, ""), ""),
                [.. uses.Where(use => !IsAlias(use)).Select(use => use.Groups["name"].Value)],
                [.. uses.Where(IsAlias).Select(use => use.Groups["name"].Value.Split('.'))]);
        }

        private static bool IsAlias(Match use) => use.Groups["static"].Success || use.Groups["alias"].Success;

        private static string OutsideOfBraces(string code)
        {
            var depth = 0;
            return string.Concat(code.Select(character =>
            {
                depth += character == '{' ? 1 : character == '}' ? -1 : 0;
                return depth == 0 ? character : ' ';
            }));
        }
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global\s+)?using\s+(?<static>static\s+)?(?:(?<alias>\w+)\s*=\s*)?(?<name>[\w.]+)[^;(]*;", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+(?<name>[A-Z]\w*)"
        + @"|\bdelegate\s+[\w<>\[\],?. ]+?\s+(?<name>[A-Z]\w*)\s*[(<]")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(?<name>[A-Z]\w*)(?:<[^<>]*>)?\s*\(\s*this\s")]
    private static partial Regex ExtensionDeclaration();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*(?:\.[A-Z]\w*)*")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"(?<before>\b[A-Z]\w*)?\??\.\s*(?<name>[A-Z]\w*)(?:<[^<>()]*>)?\(")]
    private static partial Regex MemberCall();
}
