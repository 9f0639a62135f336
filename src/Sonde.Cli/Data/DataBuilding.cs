using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Images.Building;

namespace Sonde.Cli.Data;

/// <summary>What <c>sonde data build</c> made.</summary>
internal sealed record BuildResult(BuiltImageSet Built)
{
    private const int MostShown = 10;

    public JsonNode ToJson() => new JsonObject
    {
        ["name"] = Built.Name,
        ["folder"] = Built.Folder,
        ["description"] = Built.Description,
        ["account"] = new JsonArray([.. Built.Account.Select(sentence => JsonValue.Create(sentence))]),
        ["train"] = Built.Sizes[0],
        ["validation"] = Built.Sizes[1],
        ["test"] = Built.Sizes[2],
        ["damaged"] = new JsonArray([.. Built.Damaged.Select(image => new JsonObject { ["file"] = image.Path, ["fault"] = image.Fault })]),
    };

    public string ToText() => string.Join(Environment.NewLine, [
        .. Built.Account,
        .. Built.Damaged.Count == 0 ? [] : new[] { $"{Built.Damaged.Count:N0} damaged {(Built.Damaged.Count == 1 ? "image" : "images")} left out:" },
        .. Built.Damaged.Take(MostShown).Select(image => $"  {image.Path} {image.Fault}"),
        .. Built.Damaged.Count > MostShown ? new[] { $"  and {Built.Damaged.Count - MostShown:N0} more, all in {BuiltSets.DescriptionFile}" } : [],
        $"{Built.Name}: {Built.Description}",
        $"{Built.Folder}; in a study: data: {Built.Name}",
    ]);
}

/// <summary>Builds a set with all cores and tells now and then how far it is.</summary>
/// <param name="time">The clock of progress.</param>
/// <param name="progress">Where progress is told, at most once in two seconds.</param>
internal sealed class DataBuilding(TimeProvider time, TextWriter progress)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Builds.</summary>
    /// <exception cref="DataException">The set cannot be built.</exception>
    public BuildResult Run(ImageSetPlan plan, DataFolder folder, CancellationToken cancellation)
    {
        var told = time.GetTimestamp();
        try
        {
            return new(new ImageSetBuilder(plan, folder.Places[0].Path).Build(Environment.ProcessorCount, (done, all) =>
            {
                if (time.GetElapsedTime(told) < Quiet)
                    return;
                told = time.GetTimestamp();
                progress.WriteLine($"{done:N0} of {all:N0} images");
            }, cancellation));
        }
        catch (OperationCanceledException)
        {
            progress.WriteLine("what is decoded is kept; the same command again goes on with it");
            throw;
        }
    }
}
