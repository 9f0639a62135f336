using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Sonde.Cli.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes, installed and used as a stranger would, without a network.</summary>
public sealed class PackageTests(PackedFiles packed) : IClassFixture<PackedFiles>
{
    private const string Study = """
        study: tiny
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 10}
        probe: {every: 5, examples: 10}
        evaluate: {every: 5, examples: 20}
        """;

    [Theory]
    [InlineData("Sonde", "")]
    [InlineData("Sonde.Records", "Parquet.Net Sonde")]
    [InlineData("Sonde.Studies", "Sonde YamlDotNet")]
    [InlineData("Sonde.Analysis", "Sonde.Records Sonde.Studies")]
    [InlineData("Sonde.Running", "Sonde.Analysis")]
    [InlineData("Sonde.Images", "SkiaSharp Sonde")]
    [InlineData("Sonde.Figures", "ScottPlot Sonde.Analysis")]
    public void LibraryPackage_HasDocumentationReadmeLicenceAndSymbols(string id, string dependencies)
    {
        var entries = packed.Entries($"{id}.{PackedFiles.Version}.nupkg");
        var metadata = XDocument.Parse(Encoding.UTF8.GetString(entries[$"{id}.nuspec"]).TrimStart('\uFEFF')).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal((id, "Apache-2.0", "README.md"), (Value("id"), Value("license"), Value("readme")));
        Assert.True(Value("description")!.Length > 20);
        Assert.Null(Value("projectUrl"));
        Assert.Null(metadata.Elements().SingleOrDefault(e => e.Name.LocalName == "repository")?.Attribute("url"));
        // Beside these are packages that others bring, pinned to the versions that were tested.
        var needed = metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).ToHashSet();
        Assert.Superset(dependencies.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), needed);
        Assert.True(id != "Sonde" || needed.Count == 0);
        Assert.StartsWith("# Sonde", Encoding.UTF8.GetString(entries["README.md"]));
        Assert.Contains("<summary>", Encoding.UTF8.GetString(entries[$"lib/net10.0/{id}.xml"]));
        Assert.True(entries.ContainsKey($"lib/net10.0/{id}.dll"));
        Assert.True(packed.Entries($"{id}.{PackedFiles.Version}.snupkg").ContainsKey($"lib/net10.0/{id}.pdb"));
    }

    [Fact]
    public void Library_WorksInAProgramOfOnesOwn()
    {
        var folder = packed.Empty("program");
        foreach (var file in (string[])["Program.cs", "OwnProgram.csproj"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Packages", "OwnProgram", file), Path.Combine(folder, file));
        var ended = packed.Dotnet(folder, "run");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        const string gradients = @"sd of dCost/ds by layer (0\.\d{4}, ){4}0\.\d{4}\n";
        Assert.Matches($@"\Astandard: {gradients}normalized: {gradients}\z", ended.Output);
    }

    [Fact]
    public void Tool_InstallsIntoAnEmptyFolderAndRuns()
    {
        var folder = packed.Empty("tool");
        var install = packed.Dotnet(folder, "tool", "install", "Sonde.Cli", "--tool-path", "bin", "--configfile", "nuget.config");
        Assert.True(install.Code == 0, install.Output + install.Error);
        var sonde = Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? "sonde.exe" : "sonde");

        var help = packed.Run(folder, sonde, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains("Usage:\n  sonde ", help.Output);
        Assert.StartsWith(PackedFiles.Version, packed.Run(folder, sonde, "--version").Output);

        File.WriteAllText(Path.Combine(folder, "tiny.yaml"), Study);
        var run = packed.Run(folder, sonde, "run", "tiny.yaml", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("done", JsonDocument.Parse(run.Output).RootElement.GetProperty("trials")[0].GetProperty("status").GetString());
        var report = packed.Run(folder, sonde, "report", Path.Combine("runs", "tiny"));
        Assert.Equal(0, report.Code);
        Assert.True(File.Exists(Path.Combine(folder, "runs", "tiny", "report.html")));
    }

    [Fact]
    public void Tool_RunsOnceWithoutBeingInstalled()
    {
        // What the command dnx does.
        var once = packed.Dotnet(packed.Empty("once"), "tool", "exec", "Sonde.Cli", "--yes", "--configfile", "nuget.config", "--", "--version");
        Assert.True(once.Code == 0, once.Output + once.Error);
        Assert.StartsWith(PackedFiles.Version, once.Output);
    }

    [Fact]
    public void Tool_BringsNativeLibrariesOfItsPlatforms()
    {
        var entries = packed.Entries($"Sonde.Cli.{PackedFiles.Version}.nupkg");
        Assert.Equal(
            ["linux-arm64", "linux-x64", "osx", "win-arm64", "win-x64"],
            entries.Keys.Where(name => name.Contains("libSkiaSharp")).Select(name => name.Split('/')[4]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(entries.Keys, name => name.Contains("/native/") && name.EndsWith(".pdb"));
    }
}
