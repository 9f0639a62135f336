using System.Xml.Linq;

namespace Sonde.HouseRules;

/// <summary>Arrows between projects point one way, and each project has its own outside packages.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Sonde"] = [],
        ["Sonde.Studies"] = ["Sonde"],
        ["Sonde.Records"] = ["Sonde"],
        ["Sonde.Analysis"] = ["Sonde", "Sonde.Studies", "Sonde.Records"],
        ["Sonde.Running"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis"],
        ["Sonde.Interop"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis"],
        ["Sonde.Images"] = ["Sonde"],
        ["Sonde.Figures"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis"],
        ["Sonde.Paper"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Running", "Sonde.Figures"],
        ["Sonde.Dashboard"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Figures"],
        ["Sonde.Cli"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Running", "Sonde.Interop", "Sonde.Images", "Sonde.Figures",
            "Sonde.Paper", "Sonde.Dashboard"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Sonde"] = [],
        ["Sonde.Records"] = ["Parquet.Net"],
        ["Sonde.Studies"] = ["YamlDotNet"],
        ["Sonde.Analysis"] = [],
        ["Sonde.Running"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["Sonde.Interop"] = [],
        ["Sonde.Images"] = ["SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
        ["Sonde.Figures"] = ["ScottPlot"],
        ["Sonde.Paper"] = [],
        ["Sonde.Dashboard"] = [],
        ["Sonde.Cli"] = ["System.CommandLine", "Spectre.Console", "Sep"],
    };

    [Fact]
    public void EveryProject_HasItsPlace()
    {
        var strangers = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)!).Except(Projects.Keys);
        Assert.True(!strangers.Any(), $"src/{string.Join(", src/", strangers)}: name here and in docs/architecture.md which projects and packages it may use.");
    }

    [Fact]
    public void AProject_ReferencesOnlyThoseBelowItAndItsOwnPackages()
    {
        foreach (var (name, allowed) in Projects)
        {
            var project = XDocument.Load(Path.Combine(Repository.Root, "src", name, $"{name}.csproj"));
            foreach (var reference in project.Descendants("ProjectReference"))
            {
                var target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value);
                Assert.True(allowed.Contains(target),
                    $"{name} references {target}; it may reference {string.Join(", ", allowed)}. Dependencies point one way: see docs/architecture.md.");
            }
            foreach (var reference in project.Descendants("PackageReference"))
            {
                var package = reference.Attribute("Include")!.Value;
                Assert.True(Packages[name].Contains(package), $"{name} uses the package {package}; it may use {string.Join(", ", Packages[name])}. Write down "
                    + "why in docs/decisions.md before adding one.");
            }
        }
    }

    [Fact]
    public void Benchmarks_StayOutOfTheSolution()
    {
        Assert.True(!Repository.Read("Sonde.slnx").Contains("benchmarks/"),
            "Sonde.slnx holds a benchmark, so README's two commands would need its packages. Take it out: benchmarks/README.md starts each by its own path.");
    }
}
