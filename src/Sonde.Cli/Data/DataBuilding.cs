using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Images.Building;

namespace Sonde.Cli.Data;

/// <summary>The result of <c>sonde data build</c>.</summary>
internal sealed record BuildResult(BuiltImageSet Built)
{
    private const int MostShown = 10, MostShownOfPath = 120;

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
        .. Built.Damaged.Take(MostShown).Select(image => $"  {PrintableText.From(image.Path, MostShownOfPath)} {image.Fault}"),
        .. Built.Damaged.Count > MostShown ? new[] { $"  and {Built.Damaged.Count - MostShown:N0} more, all in {BuiltSets.DescriptionFile}" } : [],
        $"{Built.Name}: {Built.Description}",
        $"{Built.Folder}; in a study: data: {Built.Name}",
    ]);
}

/// <summary>Builds a set with all cores and reports progress.</summary>
/// <param name="time">The clock of progress.</param>
/// <param name="progress">The writer of progress, at most one line in two seconds.</param>
internal sealed class DataBuilding(TimeProvider time, TextWriter progress)
{
    /// <summary>Builds the set.</summary>
    /// <param name="plan">Lists the images and says what to build.</param>
    /// <param name="folder">The set gets a folder in the first of these.</param>
    /// <param name="cancellation">Stops the build; decoded images are kept.</param>
    /// <exception cref="DataException">The set cannot be built.</exception>
    public async Task<BuildResult> Run(Func<CancellationToken, ImageSetPlan> plan, DataFolder folder, CancellationToken cancellation)
    {
        var paced = new PacedProgress(time, progress);
        try
        {
            return new(await Interruptible.Run(
                token => new ImageSetBuilder(plan(token), folder.First.Path).Build(Environment.ProcessorCount,
                    (done, all) => paced.Report(() => $"{done:N0} of {all:N0} images"), token),
                cancellation));
        }
        catch (OperationCanceledException)
        {
            await progress.WriteLineAsync("decoded images are kept; the same command resumes the build");
            throw;
        }
    }
}
