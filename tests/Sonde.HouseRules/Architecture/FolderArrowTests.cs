namespace Sonde.HouseRules;

/// <summary>Arrows between folders of <c>src</c> point one way, and no folder is a heap.</summary>
public sealed class FolderArrowTests
{
    // Bottom up; a room may use those before it.
    private static readonly string[] Rooms =
        ["Numerics", "Kernels", "Data", "Networks", "Optimizers", "Engines", "Training", "Pretraining", "Baselines", "Probes", "Theory", "Diagnosis"];

    // A list knows its members, and its members know the contract beside the list: the only arrows that may close a circle, from the list's file alone.
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["src/Sonde/Data/DatasetList.cs"] = "a dataset's name, fields and factory; its members are in the folders below",
        ["src/Sonde/Networks/CostList.cs"] = "costs by name",
        ["src/Sonde/Networks/InitializerList.cs"] = "initializers by name",
        ["src/Sonde/Networks/OutputList.cs"] = "outputs by name",
        ["src/Sonde/Pretraining/CorruptionList.cs"] = "corruptions by name",
        ["src/Sonde/Engines/Engine.cs"] = "chooses the engine that a setting asks for",
        ["src/Sonde/Diagnosis/FindingList.cs"] = "findings in the order in which they are asked",
        ["src/Sonde.Paper/PaperList.cs"] = "the paper's items in its order",
        ["src/Sonde.Cli/VerbList.cs"] = "the verbs of the command",
    };

    private static readonly SourceGraph Graph = SourceGraph.Read();

    [Fact]
    public void Folders_FormNoCircle()
    {
        var arrows = Graph.Arrows.Where(arrow => !IsOfList(arrow)).ToList();
        var circles = SourceGraph.Circles(arrows);
        Assert.True(circles.Count == 0, string.Join("\n\n", circles.Select(circle => $"{string.Join(", ", circle)} use each other. Move the type, or its file, "
            + "to the side below:\n" + string.Join('\n', arrows.Where(arrow => circle.Contains(arrow.From) && circle.Contains(arrow.To))
                .GroupBy(arrow => (arrow.From, arrow.To), (ends, uses) => $"    {ends.From} -> {ends.To}: {Uses(uses)}")))));
    }

    [Fact]
    public void ARoomOfTheLibrary_UsesOnlyThoseBelowIt()
    {
        var unknown = Graph.Folders.Where(folder => folder.StartsWith("Sonde/", StringComparison.Ordinal) && Rank(folder) < 0);
        Assert.True(!unknown.Any(), $"{string.Join(", ", unknown)}: expected one of the rooms {string.Join(", ", Rooms)}. Move the files to the room they "
            + "belong to, or name the new room here and in docs/architecture.md.");
        var offences = Graph.Arrows.Where(arrow => IsOfLibrary(arrow) && Rank(arrow.To) > Rank(arrow.From))
            .Select(arrow => $"{arrow.File} uses {arrow.Name} of {arrow.To}, which is above it. Move the code up, or pass in what it needs.");
        Assert.True(!offences.Any(), string.Join('\n', offences));
    }

    [Fact]
    public void ListsThatMayNameTheirMembers_Exist() => Assert.All(Lists.Keys, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)),
        $"{path} is allowed to name its members here and does not exist. Take its line out, or correct its path."));

    [Fact]
    public void AFolder_HoldsAtMost25Files()
    {
        var heaps = Repository.SourceFiles("src").GroupBy(path => path[..path.LastIndexOf('/')]).Where(folder => folder.Count() > 25)
            .Select(folder => $"{folder.Key} holds {folder.Count()} files, at most 25 are allowed. Find the second idea and give it a folder.");
        Assert.True(!heaps.Any(), string.Join('\n', heaps));
    }

    private static bool IsOfList(SourceGraph.Arrow arrow) => Lists.ContainsKey(arrow.File) && arrow.To.StartsWith($"{arrow.From}/", StringComparison.Ordinal);

    private static bool IsOfLibrary(SourceGraph.Arrow arrow) =>
        arrow.From.StartsWith("Sonde/", StringComparison.Ordinal) && arrow.To.StartsWith("Sonde/", StringComparison.Ordinal);

    private static int Rank(string folder) => Array.IndexOf(Rooms, folder.Split('/')[1]);

    private static string Uses(IEnumerable<SourceGraph.Arrow> arrows) =>
        string.Join(", ", arrows.Take(8).Select(arrow => $"{Path.GetFileName(arrow.File)} uses {arrow.Name}"));
}
