using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Sonde.Cli.Shell;

/// <summary>Where words go: results to standard output, progress to standard error, colours only to a terminal.</summary>
internal static class Terminal
{
    // Tables are cut to a width; sentences on standard error stay one line each, for whoever searches them.
    private const int PipedWidth = 160, PipedErrorWidth = 100_000;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Standard output, for results.</summary>
    public static IAnsiConsole Out { get; } = Open(Console.Out, Console.IsOutputRedirected, PipedWidth);

    /// <summary>Standard error, for progress.</summary>
    public static IAnsiConsole Error { get; } = Open(Console.Error, Console.IsErrorRedirected, PipedErrorWidth);

    /// <summary>True where rows can be redrawn in place.</summary>
    /// <param name="onError">On standard error; else on standard output.</param>
    public static bool IsLive(bool onError) =>
        !(onError ? Console.IsErrorRedirected : Console.IsOutputRedirected) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Writes one JSON document to standard output, in UTF-8 for every locale.</summary>
    public static void WriteJson(JsonNode document)
    {
        if (Console.OutputEncoding is not UTF8Encoding)
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.Out.WriteLine(document.ToJsonString(Json));
    }

    /// <summary>A number for JSON, which has no NaN: null instead.</summary>
    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected, int pipedWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Yes,
        });
        if (isRedirected)
            console.Profile.Width = pipedWidth;
        return console;
    }
}
