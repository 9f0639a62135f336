using System.Reflection;

namespace Sonde.HouseRules;

/// <summary>What other programs can call is a decision, so it is a list: <c>public-api.txt</c>.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test write the list again instead of failing.</remarks>
public sealed class PublicApiTests
{
    private const string Document = "tests/Sonde.HouseRules/public-api.txt";
    private const int MostTypes = 260;

    internal static readonly IReadOnlyList<Assembly> Assemblies = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
        .Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => Assembly.Load(name!))];

    [Fact]
    public void PublicTypesAndMembers_AreThoseOfTheList()
    {
        List<string> wanted =
            [$"# {Assemblies.Sum(assembly => ApiList.Types(assembly).Count)} public types; SONDE_REWRITE_DOCS=1 and these tests write this file."];
        foreach (var assembly in Assemblies)
        {
            wanted.AddRange(["", $"## {assembly.GetName().Name}: {ApiList.Types(assembly).Count} types", ""]);
            wanted.AddRange(ApiList.Types(assembly).SelectMany(ApiList.Lines));
        }
        var path = Path.Combine(Repository.Root, Document);
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(path, string.Join('\n', wanted) + "\n");
        else
        {
            var listed = File.ReadAllLines(path);
            var (more, fewer) = (wanted.Except(listed).Take(20).ToList(), listed.Except(wanted).Take(20).ToList());
            Assert.True(more.Count + fewer.Count == 0, $"The public API differs from {Document}. Make what no user calls internal. To keep the change, run "
                + $"SONDE_REWRITE_DOCS=1 dotnet test -c Release --project tests/Sonde.HouseRules and name it in CHANGELOG.md.\nNot in the list:\n"
                + $"{string.Join('\n', more)}\nNo longer there:\n{string.Join('\n', fewer)}");
        }
    }

    [Fact]
    public void PublicTypes_AreFew()
    {
        var counts = Assemblies.ToDictionary(assembly => assembly.GetName().Name!, assembly => ApiList.Types(assembly).Count);
        Assert.True(counts.Values.Sum() <= MostTypes, $"src has {counts.Values.Sum()} public types, at most {MostTypes} are allowed: "
            + $"{string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}. Make what no user calls internal.");
    }
}
