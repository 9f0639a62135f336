using System.Collections.Concurrent;
using Sonde.Data.Fetching;
using Sonde.Studies;

namespace Sonde.Running.Tests;

/// <summary>Tests that run a study of two small trials in a folder of their own.</summary>
public abstract class TinyRuns : IDisposable
{
    protected const string Text = """
        study: tiny
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 12, batch: 5}
        probe: {every: 4, examples: 10}
        evaluate: {every: 6, examples: 20}
        checkpoint: {every: 5}
        seeds: [1, 2]
        """;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("sonde-runner-").FullName;

    /// <summary>The sentences for the user.</summary>
    protected ConcurrentQueue<string> Notices { get; } = new();

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected StudyRunner Runner(string text = Text, params string[] overrides) =>
        new(StudyFile.Parse(text, "t.yaml", overrides), Path.Combine(Folder, "run"), new() { Data = DataFolder.OfUser(Folder), Threads = 1 },
            TimeProvider.System, Notices.Enqueue);
}
