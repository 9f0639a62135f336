using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;

namespace Sonde.Cli.Data;

/// <summary>The result of <c>sonde data fetch</c>.</summary>
internal sealed record FetchResult(string Name, string Folder, int Fetched)
{
    public JsonNode ToJson() => new JsonObject { ["name"] = Name, ["folder"] = Folder, ["filesFetched"] = Fetched };

    public string ToText() => Fetched == 0 ? $"{Name} is complete and intact: {Folder}"
        : $"{Name}: {Fetched} {(Fetched == 1 ? "file" : "files")} fetched and checked, in {Folder}";
}

/// <summary>Fetches a dataset by name and reports progress.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock of progress and stall limit.</param>
/// <param name="progress">The writer of progress, at most one line in two seconds.</param>
internal sealed class DataFetching(HttpClient http, TimeProvider time, TextWriter progress)
{
    /// <summary>Downloads the files that are missing.</summary>
    /// <exception cref="DataException">The dataset is drawn, or no mirror has an intact file.</exception>
    public async Task<FetchResult> Run(string name, DataFolder folder, CancellationToken cancellation)
    {
        if (DatasetList.Get(name).IsYours)
            throw new DataException($"{name}: expected a dataset with files to fetch, found your own. Give their path: 'sonde data show {name} --set "
                + "path=PATH'.");
        if (DatasetList.Get(name).Fetch is not { } source)
            throw new DataException($"{name}: expected a dataset with files to fetch, found one whose images are drawn. It is ready: use it.");
        var target = folder.Target(name);
        var paced = new PacedProgress(time, progress);
        var fetched = await new DataFetch(http, source.Mirrors, time).Fetch(source.Files, target, state => paced.Report(() => Line(state)), cancellation);
        return new(name, target, fetched);
    }

    private static string Line(FetchProgress state) =>
        $"{state.File}: {state.Bytes / 1e6:0.0}{(state.Total is { } total ? $" of {total / 1e6:0.0}" : "")} MB from {state.Mirror}";
}
