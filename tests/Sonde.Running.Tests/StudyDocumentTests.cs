using System.Text.RegularExpressions;
using Sonde.Studies;

namespace Sonde.Running.Tests;

/// <summary>The examples of own data in <c>docs/studies.md</c> train, and say what the document shows.</summary>
public sealed class StudyDocumentTests
{
    private static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(Document(), $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value);

    private static string Document()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return File.ReadAllText(Path.Combine(folder, "docs", "studies.md"));
    }

    [Fact]
    public void ExamplesOfOnesOwnData_RunAndSayWhatTheDocumentSays()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-own-").FullName;
        try
        {
            var csv = Assert.Single(Blocks("csv")).TrimEnd().Split('\n');
            File.WriteAllText(Path.Combine(folder, "flowers.csv"),
                $"{csv[0]}\n{string.Concat(Enumerable.Range(0, 150).Select(i => $"{i},{csv[1 + i % 3].Split(',', 2)[1]}\n"))}");
            Directory.CreateDirectory(Path.Combine(folder, "digits"));
            WriteNpy("images.npy", "(150, 8, 8)", [.. Enumerable.Range(0, 150 * 64).Select(i => (byte)(i * i % 251))]);
            WriteNpy("labels.npy", "(150,)", [.. Enumerable.Range(0, 150).Select(i => (byte)(i % 10))]);
            foreach (var example in Blocks("yaml").Where(text => text.Contains("name: arrays", StringComparison.Ordinal)))
            {
                var notices = new System.Collections.Concurrent.ConcurrentQueue<string>();
                var study = StudyFile.Parse(example, "docs/studies.md", ["training.updates=20"]);
                var runner = new StudyRunner(study, Path.Combine(folder, "runs", study.Name), new() { Data = new(folder, null, folder), Threads = 1 },
                    TimeProvider.System, notices.Enqueue);
                runner.Train(CancellationToken.None);
                Assert.All(runner.Trials, trial => Assert.Equal("done", trial.Now.Status));
                if (study.Name == "flowers")
                    Assert.Contains(string.Concat(notices.Take(5).Select(notice => $"    {notice.Replace($"{folder}{Path.DirectorySeparatorChar}", "")}\n")),
                        Document());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void WriteNpy(string name, string shape, byte[] values)
        {
            var header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}\n";
            File.WriteAllBytes(Path.Combine(folder, "digits", name),
                [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. values]);
        }
    }
}
