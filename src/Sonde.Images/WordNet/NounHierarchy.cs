using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Data;
using Sonde.Data.Fetching;

namespace Sonde.Images.WordNet;

/// <summary>The kinds of each noun, by WordNet ids such as n01503061: read from WordNet's own <c>data.noun</c>, or from the is-a list that ImageNet
/// publishes (<c>wordnet.is_a.txt</c>: a parent and a child per line).</summary>
/// <remarks>An id is <c>n</c> and the byte offset of a noun in the <c>data.noun</c> of WordNet 3.0. Sources: [Fellbaum1998], wndb(5WN);
/// [Deng2009].</remarks>
internal sealed partial class NounHierarchy
{
    private const string NounFile = "data.noun";

    private readonly Dictionary<string, List<string>> children = [];
    private readonly HashSet<string> nouns = [];

    private NounHierarchy(string path) => Path = path;

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>Reads a hierarchy.</summary>
    /// <param name="path">A folder that holds <c>data.noun</c>, itself or in <c>dict</c>; or a file of either kind.</param>
    /// <exception cref="DataException">It is missing, or a line is not what it should be.</exception>
    public static NounHierarchy Read(string path)
    {
        _ = DataFolder.FullPath("--wordnet", path);
        string[] places = [System.IO.Path.Combine(path, NounFile), System.IO.Path.Combine(path, "dict", NounFile), path];
        var file = places.FirstOrDefault(File.Exists)
            ?? throw new DataException($"{path}: expected a folder with WordNet's {NounFile}, that file, or the list wordnet.is_a.txt, found none of them. "
                + "Correct --wordnet.");
        var read = new NounHierarchy(System.IO.Path.GetFullPath(file));
        var number = 0;
        DataFile.CheckRegular(file);
        foreach (var line in DataFile.Read(file, () => File.ReadAllLines(file)))
        {
            number++;
            // WordNet's licence is above the nouns; each of its lines starts with a space.
            if (line.Length > 0 && line[0] != ' ' && !(line[0] == 'n' ? read.AddPair(line) : read.AddNoun(line)))
                throw new DataException($"{read.Path}, line {number}: expected a noun of {NounFile}, or two ids such as 'n01503061 n01503976', found "
                    + $"'{PrintableText.From(line)}'. Use the right file.");
        }
        return read;
    }

    /// <summary>Returns true for the id of a folder or a noun: <c>n</c> and eight digits.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>Returns a noun and all its kinds, their kinds and so on; empty if there is no such noun.</summary>
    public IReadOnlySet<string> Below(string root)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(nouns.Contains(root) ? [root] : []);
        while (open.TryPop(out var noun))
            if (found.Add(noun))
                foreach (var kind in children.GetValueOrDefault(noun, []))
                    open.Push(kind);
        return found;
    }

    private bool AddPair(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var parent, var child] || !IsId(parent) || !IsId(child))
            return false;
        Add(parent, child);
        return true;
    }

    // offset file type wordCount(hex) (word sense)... pointerCount (symbol offset type source/target)... | gloss
    private bool AddNoun(string line)
    {
        var fields = line.Split(' ');
        if (fields.Length < 6 || !IsId("n" + fields[0]) || !int.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var words))
            return false;
        var at = 4 + 2 * words;
        if (at >= fields.Length || !int.TryParse(fields[at], NumberStyles.None, CultureInfo.InvariantCulture, out var pointers)
            || at + 4 * pointers >= fields.Length)
            return false;
        nouns.Add("n" + fields[0]);
        for (var pointer = 0; pointer < pointers; pointer++)
        {
            var (symbol, target, type) = (fields[at + 1 + 4 * pointer], "n" + fields[at + 2 + 4 * pointer], fields[at + 3 + 4 * pointer]);
            // "@" is a kind of; "@i", a thing of a kind, has no pictures of its own in ImageNet.
            if (symbol == "@" && type == "n")
                Add(target, "n" + fields[0]);
        }
        return true;
    }

    private void Add(string parent, string child)
    {
        nouns.Add(parent);
        nouns.Add(child);
        if (!children.TryGetValue(parent, out var kinds))
            children[parent] = kinds = [];
        kinds.Add(child);
    }

    [GeneratedRegex(@"\An\d{8}\z")]
    private static partial Regex Id();
}
