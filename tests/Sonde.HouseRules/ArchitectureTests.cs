using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sonde.HouseRules;

/// <summary>Dependencies point one way: between the folders of the library, and between projects.</summary>
public sealed partial class ArchitectureTests
{
    // Bottom up; a folder may use those before it.
    private static readonly string[] Folders = 
        ["Numerics", "Kernels", "Data", "Networks", "Optimizers", "Engines", "Training", "Pretraining", "Baselines", "Probes", "Theory", "Diagnosis"];

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Sonde"] = [],
        ["Sonde.Studies"] = ["Sonde"],
        ["Sonde.Records"] = ["Sonde"],
        ["Sonde.Analysis"] = ["Sonde", "Sonde.Studies", "Sonde.Records"],
        ["Sonde.Running"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis"],
        ["Sonde.Images"] = ["Sonde"],
        ["Sonde.Figures"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis"],
        ["Sonde.Paper"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Running", "Sonde.Figures"],
        ["Sonde.Cli"] = ["Sonde", "Sonde.Studies", "Sonde.Records", "Sonde.Analysis", "Sonde.Running", "Sonde.Images", "Sonde.Figures", "Sonde.Paper"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Sonde"] = [],
        ["Sonde.Records"] = ["Parquet.Net"],
        ["Sonde.Studies"] = ["YamlDotNet"],
        ["Sonde.Analysis"] = [],
        ["Sonde.Running"] = [],
        ["Sonde.Images"] = ["SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
        ["Sonde.Figures"] = ["ScottPlot"],
        ["Sonde.Paper"] = [],
        ["Sonde.Cli"] = ["System.CommandLine", "Spectre.Console", "Sep"],
    };

    [Fact]
    public void AFolderOfTheLibrary_UsesOnlyThoseBelowIt()
    {
        var offences = new List<string>();
        foreach (var path in Repository.SourceFiles("src/Sonde"))
        {
            var rank = Array.IndexOf(Folders, path.Split('/')[2]);
            Assert.True(rank >= 0, $"{path}: expected one of the folders {string.Join(", ", Folders)}. Put the file where it belongs, or name the new folder "
                + "here and in docs/architecture.md.");
            foreach (Match use in NamespaceUse().Matches(Repository.Read(path)))
                if (Array.IndexOf(Folders, use.Groups[1].Value) > rank)
                    offences.Add($"{path} uses Sonde.{use.Groups[1].Value}, which stands above {Folders[rank]}. Move the code up, or pass in what it needs.");
        }
        Assert.Empty(offences);
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

    [GeneratedRegex(@"\bSonde\.(Numerics|Kernels|Data|Networks|Optimizers|Engines|Training|Pretraining|Baselines|Probes|Theory|Diagnosis)\b")]
    private static partial Regex NamespaceUse();
}
