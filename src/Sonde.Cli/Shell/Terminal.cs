using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Sonde.Cli.Shell;

/// <summary>Everything that the command prints passes through here: results to standard output, progress and messages to standard error, colours only to a
/// terminal.</summary>
internal static class Terminal
{
    // In a pipe nothing is wrapped: a search finds each sentence and each row in one line.
    private const int PipedWidth = 100_000, NarrowestWidth = 20, UsualWidth = 80, UsualHeight = 24;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Standard output as text.</summary>
    public static TolerantWriter Output { get; } = new(() => Console.Out);

    /// <summary>Standard error as text.</summary>
    public static TolerantWriter ErrorOutput { get; } = new(() => Console.Error);

    /// <summary>Standard error, for rows that are redrawn.</summary>
    public static IAnsiConsole Error { get; } = Open(ErrorOutput, IsErrorPiped);

    /// <summary>Standard output, for tables.</summary>
    public static IAnsiConsole Out { get; } = Open(Output, IsOutputPiped);

    /// <summary>True if standard output is no terminal but a pipe or a file.</summary>
    public static bool IsPiped { get; } = IsOutputPiped;

    /// <summary>Characters per line of standard output: the terminal's, or as many as needed in a pipe.</summary>
    public static int Width => Out.Profile.Width;

    /// <summary>True if standard output can show block characters; some locales cannot.</summary>
    public static bool CanDrawBlocks => Output.Encoding.CodePage is 65001 or 1200;

    private static bool IsOutputPiped => IsPipe(() => Console.IsOutputRedirected);

    private static bool IsErrorPiped => IsPipe(() => Console.IsErrorRedirected);

    /// <summary>True if rows can be redrawn in place.</summary>
    /// <param name="onError">On standard error; else on standard output.</param>
    public static bool IsLive(bool onError) =>
        !(onError ? IsErrorPiped : IsOutputPiped) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Writes one line of a result to standard output; a terminal gets it wrapped between words.</summary>
    public static void WriteLine(string text = "")
    {
        foreach (var line in WordWrap.Lines(PlainText.Line(text), Width))
            Output.WriteLine(line);
    }

    /// <summary>Writes a text of several lines to standard output as it is, such as a study file.</summary>
    public static void WriteText(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            Output.WriteLine(PlainText.Clean(line.TrimEnd('\r')));
    }

    /// <summary>Writes a line of pieces, each with its colour, to standard output; it is not wrapped.</summary>
    public static void WriteSpans(IReadOnlyList<(string Text, Style? Style)> spans)
    {
        // Each piece that Spectre.Console lays out costs as much as a whole line without it.
        if (IsPiped || spans.All(span => span.Style is null))
        {
            Output.WriteLine(string.Concat(spans.Select(span => PlainText.Line(span.Text))).TrimEnd());
            return;
        }
        foreach (var (text, style) in spans)
            Out.Write(Cell(text, style));
        Output.WriteLine();
    }

    /// <summary>Writes a sentence to standard error.</summary>
    public static void Notice(string text) => Error.Write(new Text(PlainText.Line(text) + "\n"));

    /// <summary>A cell of a table.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="style">Colour or weight, for a terminal.</param>
    public static Text Cell(string text, Style? style = null) => new(PlainText.Line(text), style ?? Style.Plain);

    /// <summary>Writes one JSON document to standard output, in UTF-8 whatever the locale says.</summary>
    public static void WriteJson(JsonNode document)
    {
        var text = document.ToJsonString(Json);
        if (CanDrawBlocks)
            Output.WriteLine(text);
        else
            Output.Attempt(() =>
            {
                using var bytes = Console.OpenStandardOutput();
                bytes.Write(Encoding.UTF8.GetBytes(text + "\n"));
            });
    }

    /// <summary>Returns a number for JSON, which has no NaN and no infinity: null instead.</summary>
    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static IAnsiConsole Open(TolerantWriter writer, bool isPiped)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new ConsoleOutput(writer, !isPiped),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPiped || HasNoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPiped ? InteractionSupport.No : InteractionSupport.Yes,
        });
        if (isPiped)
            console.Profile.Width = PipedWidth;
        return console;
    }

    // https://no-color.org: any text but the empty one.
    private static bool HasNoColor => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    // A closed descriptor cannot even be asked.
    private static bool IsPipe(Func<bool> isRedirected)
    {
        try
        {
            return isRedirected();
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Lets Spectre.Console write through a <see cref="TolerantWriter"/>.</summary>
    private sealed class ConsoleOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => Size(() => Console.WindowWidth, UsualWidth);

        public int Height => Size(() => Console.WindowHeight, UsualHeight);

        public void SetEncoding(Encoding encoding)
        {
        }

        private static int Size(Func<int> ask, int usual)
        {
            try
            {
                return ask() is > 0 and var size ? Math.Max(size, NarrowestWidth) : usual;
            }
            catch (IOException)
            {
                return usual;
            }
        }
    }
}
