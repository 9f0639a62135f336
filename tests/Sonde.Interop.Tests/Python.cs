using System.Diagnostics;

namespace Sonde.Interop.Tests;

/// <summary>A Python with PyTorch and numpy, if this machine has one: SONDE_PYTHON, the system's, or the one on the path.</summary>
internal static class Python
{
    // Faster than to import them.
    private const string Look = "import importlib.util as u; exit(0 if u.find_spec('torch') and u.find_spec('numpy') else 1)";

    private static readonly Lazy<string?> WithTorch = new(() => new[] { Environment.GetEnvironmentVariable("SONDE_PYTHON"), "/usr/bin/python3", "python3" }
        .FirstOrDefault(path => path is { Length: > 0 } && Start(path, ["-c", Look]) is { Code: 0 }));

    /// <summary>Skips the test on a machine without it.</summary>
    public static void Require() =>
        Assert.SkipUnless(WithTorch.Value is not null, "There is no Python with PyTorch and numpy here. Debian's package python3-torch has both.");

    /// <summary>Skips the test on a machine whose Python lacks some modules.</summary>
    /// <param name="packages">The Debian packages that have them, for the message.</param>
    /// <param name="modules">The modules.</param>
    public static void Require(string packages, params string[] modules)
    {
        Require();
        var look = $"import importlib.util as u; exit(0 if all(u.find_spec(m) for m in '{string.Join(' ', modules)}'.split()) else 1)";
        Assert.SkipUnless(Start(WithTorch.Value!, ["-c", look]) is { Code: 0 },
            $"Python has no {string.Join(", ", modules)} here. Debian's packages {packages} have them.");
    }

    /// <summary>Skips the test on a machine whose Python lacks a framework that pip has and Debian has not.</summary>
    /// <param name="framework">Its module.</param>
    /// <param name="backends">The modules of which it needs one, in words; empty if it needs none.</param>
    public static void RequirePip(string framework, string backends)
    {
        Require();
        Assert.SkipUnless(Start(WithTorch.Value!, ["-c", $"import importlib.util as u; exit(0 if u.find_spec('{framework}') else 1)"]) is { Code: 0 },
            $"Python has no {framework} here. 'pip install {framework}'{(backends.Length > 0 ? $" with {backends}" : "")} in the environment that SONDE_PYTHON "
            + "names has this test run.");
    }

    /// <summary>Runs one of the scripts beside the tests and returns what it printed.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var ended = Start(WithTorch.Value!, [Path.Combine(AppContext.BaseDirectory, "Python", script), .. arguments])!.Value;
        Assert.True(ended.Code == 0, ended.Error);
        return ended.Output;
    }

    /// <summary>Runs Python, or a program that it installed, and returns what it printed.</summary>
    /// <param name="program">The program; null for Python itself.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string RunProgram(string? program, params string[] arguments)
    {
        var ended = Start(program ?? WithTorch.Value!, arguments)!.Value;
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        return ended.Output;
    }

    /// <summary>Runs a script in a folder.</summary>
    public static void RunIn(string folder, string script)
    {
        var ended = Start(WithTorch.Value!, [script], folder)!.Value;
        Assert.True(ended.Code == 0, ended.Error);
    }

    private static (int Code, string Output, string Error)? Start(string path, IEnumerable<string> arguments, string folder = "")
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "python");
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
