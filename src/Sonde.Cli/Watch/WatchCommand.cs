using System.CommandLine;
using System.Diagnostics;
using Sonde.Cli.Shell;
using Sonde.Dashboard;
using Sonde.Paper.Curves;

namespace Sonde.Cli.Watch;

/// <summary><c>sonde watch</c>: shows run folders as live pages in a browser.</summary>
internal static class WatchCommand
{
    private const int UsualPort = 8510;

    public static Command Create()
    {
        var directories = CommonOptions.Path<string[]>("DIR", "Run folders, or folders with run folders in them (default: the folder runs, else this one).",
            ArgumentArity.ZeroOrMore);
        var port = new Option<int?>("--port")
        {
            Description = $"The port to listen on; 0 for a free one (default: {UsualPort}, or a free one if that is taken).", HelpName = "N",
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ushort.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out _))
                result.AddError($"--port: expected a whole number from 0 to 65535, got '{token.Value}'.");
        });
        var noOpen = new Option<bool>("--no-open") { Description = "Print the address and open no browser." };
        var verb = new Verb("watch", "Shows run folders as pages in your browser, live while trials train: all curves, every layer at any update, trials "
            + "laid over each other. Only this machine can open them, and they change nothing. Ctrl-C ends the pages, not the training.",
            "sonde watch runs/first-look", "sonde watch                      # every run folder in runs",
            "sonde watch --port 0 --no-open   # print an address on a free port") { directories, port, noOpen };
        // Nothing of the web server is loaded before this runs, so that it costs the other verbs no time.
        verb.SetAction((parsed, cancellation) =>
            Serve(parsed.GetValue(directories) ?? [], parsed.GetValue(port), !parsed.GetValue(noOpen), cancellation));
        return verb;
    }

    private static async Task<int> Serve(string[] directories, int? port, bool opens, CancellationToken cancellation)
    {
        string[] folders = directories.Length > 0 ? directories : [Directory.Exists("runs") ? "runs" : "."];
        foreach (var folder in folders)
            if (!Directory.Exists(folder))
            {
                Terminal.Notice($"sonde: {folder}: expected a folder, found {(File.Exists(folder) ? "a file" : "nothing")}. Name a run folder, or a folder "
                    + "with run folders in it.");
                return ExitCode.Failed;
            }
        await using var server = await Start(folders, port);
        Terminal.Output.WriteLine(server.Address);
        Terminal.Output.Flush();
        Terminal.Notice("Open this address on this machine. Ctrl-C ends the pages, not the training.");
        if (opens && !Terminal.IsPiped)
            OpenBrowser(server.Address);
        // Ctrl-C is how watching ends, so that it is no failure.
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return ExitCode.Done;
    }

    private static async Task<DashboardServer> Start(string[] folders, int? port)
    {
        try
        {
            return await DashboardServer.StartAsync(folders, port ?? UsualPort, PaperGhosts.GetCurves);
        }
        catch (IOException) when (port is null)
        {
            return await DashboardServer.StartAsync(folders, 0, PaperGhosts.GetCurves);
        }
    }

    private static void OpenBrowser(string address)
    {
        var (program, arguments) = OperatingSystem.IsWindows() ? ("cmd", (string[])["/c", "start", address.Replace("&", "^&", StringComparison.Ordinal)])
            : OperatingSystem.IsMacOS() ? ("open", [address]) : ("xdg-open", [address]);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // A machine without a browser: the address is on the terminal.
        }
    }
}
