using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Sonde.Cli.Tests.Packages;

/// <summary>The packages of the library and of the tool, made from what is built already.</summary>
public sealed class PackedFiles : IDisposable
{
    private readonly Scratch scratch = new();

    public PackedFiles()
    {
        Directory.CreateDirectory(Folder);
        string[] projects =
            ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Running", "Sonde.Images", "Sonde.Figures", "Sonde.Cli"];
        foreach (var project in projects)
        {
            var ended = Dotnet(Root, "pack", Path.Combine("src", project), "--no-build", "--configuration", Configuration, "--output", Folder);
            Assert.True(ended.Code == 0, ended.Output + ended.Error);
        }
    }

    /// <summary>Their folder.</summary>
    public string Folder => scratch["packages"];

    /// <summary>A folder that knows no package source but these files, with a packages folder of its own.</summary>
    internal string Empty(string name)
    {
        var folder = Directory.CreateDirectory(scratch[name]).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{Folder}" /></packageSources></configuration>
            """);
        return folder;
    }

    /// <summary>Runs the SDK's command in a folder.</summary>
    internal Ended Dotnet(string folder, params string[] arguments) => Run(folder, Host, arguments);

    /// <summary>Runs a program in a folder, with an empty folder for restored packages.</summary>
    internal Ended Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (folder != Root)
            start.Environment["NUGET_PACKAGES"] = scratch["restored"];
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Host);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        return new Running(start).Finish();
    }

    /// <summary>The entries of a package, by name.</summary>
    internal Dictionary<string, byte[]> Entries(string file)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Folder, file));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        });
    }

    /// <summary>The version that they have.</summary>
    internal static string Version => typeof(Sonde.Data.Dataset).Assembly.GetName().Version!.ToString(3);

    public void Dispose() => scratch.Dispose();

    // .../shared/Microsoft.NETCore.App/10.0.0/
    private static string Host =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string Configuration => typeof(PackedFiles).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
                folder = Path.GetDirectoryName(folder)
                    ?? throw new DirectoryNotFoundException("Expected Sonde.slnx above the test binary, found none. Run the tests from a checkout.");
            return folder;
        }
    }
}
