using Sonde.Studies.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sonde.Studies.Yaml;

/// <summary>Reads YAML into nodes, event by event: deep nesting cannot exhaust the stack, and every node keeps its place.</summary>
/// <param name="source">The file, as errors name it.</param>
/// <param name="isFile">False for a value given on the command line, which has no lines.</param>
internal sealed class NodeReader(string source, bool isFile)
{
    private const int DepthLimit = 64;
    private const int EntryLimit = 10_000;
    public const int LengthLimit = 1 << 20;

    private readonly Stack<Opened> open = new();
    private Node? root;

    /// <summary>Reads a document and returns its root; null if the text is empty.</summary>
    public static Node? Read(string text, string source, bool isFile = true) => new NodeReader(source, isFile).Read(text);

    private Node? Read(string text)
    {
        if (text.Length > LengthLimit)
            throw Error(new Mark(),
                $"expected a study file of at most {LengthLimit} characters, got {text.Length}. A study is a page of settings: is this the right file?");
        var parser = new Parser(new StringReader(text));
        try
        {
            var documents = 0;
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart start && ++documents > 1)
                    throw Error(start.Start, "expected one study per file, got a second document ('---'). Put it in a file of its own.");
                Take(parser.Current!);
            }
        }
        catch (YamlException e)
        {
            var at = e.Start.Line > 1 || parser.Current is null ? e.Start : parser.Current.End;
            if (isFile && YamlMistakes.Find(text, at.Line, e.Message) is var (line, column, sentence))
                throw Error(new Place(source, line, column), sentence, e);
            throw Error(at, $"expected YAML, got text that cannot be read: {Reason(e)}. Check indentation (spaces only), colons and brackets here.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // Some broken brackets make the parser fail without a position. Its last event is the nearest known place.
            throw Error(parser.Current?.Start ?? new Mark(), "expected YAML, got text that cannot be read: a bracket or brace near here is not closed. "
                + "Check indentation (spaces only), colons and brackets.", e);
        }
        return root;
    }

    private static string Reason(YamlException e) => e.Message.TrimEnd('.');

    private void Take(ParsingEvent next)
    {
        if (next is AnchorAlias alias)
            throw Error(alias.Start,
                $"expected a value, got the alias '*{Node.Cut(alias.Value.Value)}'. Aliases have no meaning in a study: write the value itself.");
        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
            throw Error(anchored.Start,
                $"expected a value, got the anchor '&{Node.Cut(anchored.Anchor.Value)}'. Anchors have no meaning in a study: take it out, or put the text "
                + "in quotes.");
        if (next is NodeEvent { Tag.IsEmpty: false } tagged)
            throw Error(tagged.Start,
                $"expected a value, got the tag '{Node.Cut(tagged.Tag.Value)}'. Tags have no meaning in a study: take it out, or put the text in quotes.");
        switch (next)
        {
            case Scalar scalar:
                // After a colon it joins name and value into one text, which then fits no field.
                if (scalar.Style is ScalarStyle.Plain && YamlMistakes.FindOddSpace(scalar.Value) is > 0 and var odd && scalar.Value[odd - 1] == ':')
                    throw Error(At(scalar.Start) with { Column = Math.Max(1, scalar.Start.Column) + odd }, YamlMistakes.OddSpaceSentence(scalar.Value, odd));
                Add(new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style is not ScalarStyle.Plain));
                break;
            case SequenceStart sequence:
                Open(new ListNode(At(sequence.Start), []));
                break;
            case MappingStart mapping:
                Open(new MapNode(At(mapping.Start), []));
                break;
            case SequenceEnd or MappingEnd:
                Add(open.Pop().Node);
                break;
        }
    }

    private void Open(Node node)
    {
        if (open.Count >= DepthLimit)
            throw Error(node.Where, $"expected at most {DepthLimit} levels of nesting, got more. A study needs five: remove the surplus brackets.");
        open.Push(new(node));
    }

    private void Add(Node node)
    {
        if (!open.TryPeek(out var into))
            root = node;
        else if (into.Key is null && ++into.Entries > EntryLimit)
            throw Error(node.Where, $"expected at most {EntryLimit} entries in one list or map, got more. Split the study.");
        else if (into.Node is ListNode list)
            list.Items.Add(node);
        else
            AddTo((MapNode)into.Node, into, node);
    }

    private static void AddTo(MapNode map, Opened into, Node node)
    {
        if (into.Key is { } key)
        {
            map.Entries.Add((key, node));
            into.Key = null;
            return;
        }
        if (node is not ScalarNode name)
            throw Error(node.Where, $"expected the name of a field, got {node.Shown}. Write 'field: value'.");
        if (!into.Names.Add(name.Text))
            throw Error(node.Where, $"{Node.Cut(name.Text)}: expected each field once, got '{Node.Cut(name.Text)}' a second time. Remove one of the two.");
        into.Key = name;
    }

    private Place At(Mark mark) => new(source, isFile ? Math.Max(1, mark.Line) : 0, Math.Max(1, mark.Column));

    private StudyException Error(Mark mark, string text, Exception? inner = null) => Error(At(mark), text, inner);

    private static StudyException Error(Place where, string text, Exception? inner = null) =>
        inner is null ? new($"{where}: {text}") : new($"{where}: {text}", inner);

    /// <summary>A list or map whose end has not come yet; in a map, the name whose value comes next.</summary>
    private sealed class Opened(Node node)
    {
        public Node Node { get; } = node;

        public int Entries { get; set; }

        public ScalarNode? Key { get; set; }

        public HashSet<string> Names { get; } = [];
    }
}
