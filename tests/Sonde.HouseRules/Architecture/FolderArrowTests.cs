namespace Sonde.HouseRules;

/// <summary>Arrows between folders of <c>src</c> point one way, and no folder is a heap.</summary>
public sealed class FolderArrowTests
{
    // Bottom up; a room may use those before it.
    private static readonly string[] Rooms =
        ["Numerics", "Kernels", "Data", "Networks", "Optimizers", "Engines", "Training", "Pretraining", "Baselines", "Probes", "Theory", "Diagnosis"];

    private static readonly SourceGraph Graph = SourceGraph.Read();

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
    public void AFolder_HoldsAtMost25Files()
    {
        var heaps = Repository.SourceFiles("src").GroupBy(path => path[..path.LastIndexOf('/')]).Where(folder => folder.Count() > 25)
            .Select(folder => $"{folder.Key} holds {folder.Count()} files, at most 25 are allowed. Find the second idea and give it a folder.");
        Assert.True(!heaps.Any(), string.Join('\n', heaps));
    }

    private static bool IsOfLibrary(SourceGraph.Arrow arrow) =>
        arrow.From.StartsWith("Sonde/", StringComparison.Ordinal) && arrow.To.StartsWith("Sonde/", StringComparison.Ordinal);

    private static int Rank(string folder) => Array.IndexOf(Rooms, folder.Split('/')[1]);
}
