using System.Globalization;
using System.Text.Json;
using nietras.SeparatedValues;
using Sonde.Analysis.Contents;
using Sonde.Cli.Export;
using Sonde.Interop.Weights;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Cli.Tests.Export;

public sealed class ExportCommandTests(SmallRun small) : IClassFixture<SmallRun>
{
    private static readonly string[] Files =
        ["trials.csv", "curve.csv", "layers.csv", "histograms.csv", "spectra.csv", "images.csv", "predictions.csv", "findings.csv"];

    private static List<Dictionary<string, string>> Rows(string path)
    {
        var rows = new List<Dictionary<string, string>>();
        using var reader = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(path);
        foreach (var row in reader)
        {
            var cells = new Dictionary<string, string>();
            foreach (var column in reader.Header.ColNames)
                cells[column] = row[column].ToString();
            rows.Add(cells);
        }
        return rows;
    }

    [Fact]
    public void TwoExportsAtOnce_WriteFilesOfTheirOwnAndLeaveNone()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["both"]);
        var (csv, parquet) = (Path.Combine(scratch["both"], "curve.csv"), Path.Combine(scratch["both"], "curve.parquet"));
        using (var first = new CsvFile(csv, "a"))
        using (var second = new CsvFile(csv, "a"))
        {
            first.Row(1);
            second.Row(2);
            first.Finish();
            Assert.Equal("a\n1\n", File.ReadAllText(csv));
            second.Finish();
            Assert.Equal("a\n2\n", File.ReadAllText(csv));
        }
        using (new CombinedTable<CurvePoint>(CurveTable.Instance, parquet))
        using (new CombinedTable<CurvePoint>(CurveTable.Instance, parquet))
            Assert.Equal(2, Directory.GetFiles(scratch["both"], "curve.parquet.*").Length);
        Assert.Equal([csv], Directory.GetFiles(scratch["both"]));
    }

    [Theory]
    [InlineData("csv", "curve.csv"), InlineData("parquet", "curve.parquet"), InlineData("onnx", "TRIAL.onnx"), InlineData("pytorch", "TRIAL.safetensors")]
    [InlineData("tensorboard", "TRIAL/events.out.tfevents.0.sonde")]
    public void TheNextExport_RemovesWhatAKilledOneLeft(string format, string file)
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch["out"], file.Replace("TRIAL", RunFolder.Open(small.Folder).Trials[0], StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (living, own) = (DurableFile.TemporaryPathOf(path), scratch["out/notes.tmp"]);
        foreach (var left in new[] { living, own, $"{path}.{ProcessMark.Of(ProcessMark.Place, int.MaxValue, "1")}-1.tmp" })
            File.WriteAllText(left, "half");
        var ended = Command.Run("export", small.Folder, "--to", format, "--out", scratch["out"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(new[] { living, own }.Order(), Directory.GetFiles(scratch["out"], "*.tmp", SearchOption.AllDirectories).Order());
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void InterruptedExport_RemovesWhatIsUnfinished()
    {
        using var scratch = new Scratch();
        Assert.Throws<OperationCanceledException>(
            () => RunExport.Write(RunFolder.Open(small.Folder), scratch["stopped"], "csv", new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(scratch["stopped"]));
    }

    [Fact]
    public void Parquet_HoldsAllTrialsInOneFilePerTable()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("export", small.Folder, "--to", "parquet", "--out", scratch["all"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(Files.Select(file => Path.ChangeExtension(file, "parquet")).Order(), Directory.GetFiles(scratch["all"]).Select(Path.GetFileName).Order());
        var run = RunFolder.Open(small.Folder);
        var trials = RunContents.Read(run).Select(trial => run.ReadTrial(trial.Id)).ToList();
        Assert.Equal(trials.SelectMany(trial => trial.Curve), CurveTable.Instance.Read(scratch[Path.Combine("all", "curve.parquet")]));
        Assert.Equal(trials.SelectMany(trial => trial.Layers), LayersTable.Instance.Read(scratch[Path.Combine("all", "layers.parquet")]));
        Assert.Equal(trials.SelectMany(trial => trial.Spectra).SelectMany(row => row.Values),
            SpectraTable.Instance.Read(scratch[Path.Combine("all", "spectra.parquet")]).SelectMany(row => row.Values));
        Assert.Contains($"{scratch[Path.Combine("all", "trials.parquet")]}  8 rows\n", ended.Output);
    }

    [Fact]
    public void EveryTableOfEveryTrial_ReadsBackToTheBit()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("export", small.Folder, "--to", "csv", "--out", scratch["csv"], "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var root = JsonDocument.Parse(ended.Output).RootElement;
        var written = root.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString());
        Assert.Equal(Files.Select(file => Path.Combine(scratch["csv"], file)), written);
        Assert.Equal(Files.Order(), Directory.GetFiles(scratch["csv"]).Select(Path.GetFileName).Order());

        var run = RunFolder.Open(small.Folder);
        var tables = Files.ToDictionary(file => file, file => Rows(Path.Combine(scratch["csv"], file)));
        Assert.Equal(run.Trials.Order(), tables["trials.csv"].Select(row => row["trial"]).Order());
        Assert.All(tables["trials.csv"], row => Assert.Equal(
            ("done", "[-1, 1]", "20x2", "", "2", "20"),
            (row["status"], row["data.range"], row["network.hidden"], row["message"], row["depth"], row["width"])));
        foreach (var trial in run.Trials.Select(run.ReadTrial))
        {
            IEnumerable<Dictionary<string, string>> Of(string file) => tables[file].Where(row => row["trial"] == trial.Manifest.Id);
            static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
            static double? Cell(string text) => text == "" ? null : Number(text);
            Assert.Equal(
                trial.Curve.Select(p => (p.Update, p.Split, p.Cost, p.Error)),
                Of("curve.csv").Select(r => (long.Parse(r["update"]), r["split"], Number(r["cost"]), Number(r["error"]))));
            Assert.Equal(
                trial.Layers.Select(l => (l.Layer, l.Quantity, l.Mean, l.P98, l.Saturated)),
                Of("layers.csv").Select(r => (int.Parse(r["layer"]), r["quantity"], Number(r["mean"]), Number(r["p98"]), Cell(r["saturated"]))));
            Assert.Equal(trial.Histograms.SelectMany(h => h.Counts), Of("histograms.csv").Select(r => Number(r["count"])));
            Assert.Equal(trial.Spectra.SelectMany(s => s.Values), Of("spectra.csv").Select(r => Number(r["value"])));
            Assert.NotEmpty(trial.Spectra);
            Assert.Equal(
                run.ReadPredictions(trial.Manifest.Id),
                Of("predictions.csv").Select(r => new Prediction(int.Parse(r["label"]), int.Parse(r["predicted"]))));
            Assert.NotEmpty(trial.Findings);
            Assert.Equal(
                trial.Findings.Select(f => (f.LastUpdate, f.Id, string.Join(' ', f.Layers), f.ConsequenceOf ?? "", f.Sentence)),
                Of("findings.csv").Select(r => (long.Parse(r["update"]), r["id"], r["layers"], r["consequenceOf"], r["sentence"])));
        }
    }

    [Fact]
    public void PretrainedTrial_HasARowForEachValueOfItsPictures()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("p.yaml", """
            study: pre-trained
            data: {name: shapeset, side: 16}
            network: {hidden: 5x2}
            training: {updates: 10}
            pretraining: {method: denoising-autoencoder, updates: 10}
            probe: {every: 10, examples: 10}
            evaluate: {every: 10, examples: 20}
            """);
        var ended = Command.Run("run", study, "--out", scratch["run"]);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(0, Command.Run("export", scratch["run"], "--out", scratch["csv"]).Code);
        var run = RunFolder.Open(scratch["run"]);
        var images = run.ReadTrial(run.Trials[0]).Images;
        var rows = Rows(Path.Combine(scratch["csv"], "images.csv"));
        Assert.Equal(images.SelectMany(image => image.Values), rows.Select(row => double.Parse(row["value"], CultureInfo.InvariantCulture)));
        Assert.Equal(
            images.SelectMany(image => image.Values.Select((_, place) => $"{image.Update} {image.Layer} {image.Quantity} {image.Index} {image.Shape} {place}")),
            rows.Select(row => $"{row["update"]} {row["layer"]} {row["quantity"]} {row["index"]} {row["height"]}x{row["width"]} {row["place"]}"));
        Assert.Equal(["-10", "0"], rows.Select(row => row["update"]).Distinct());
        Assert.All((string[])["reconstruction-cost", "reconstructions", "filters"],
            name => Assert.NotEmpty(Directory.GetFiles(Path.Combine(scratch["run"], "figures"), $"*-{name}.png")));
    }

    [Fact]
    public void DamagedTrial_IsLeftOutByNameAndTheRestIsWritten()
    {
        using var scratch = new Scratch();
        var copy = small.CopyTo(scratch);
        var layers = Path.Combine(copy, "trials", "tanh-standard-lr0.1-s2", "layers", "all.parquet");
        File.WriteAllBytes(layers, File.ReadAllBytes(layers)[..^1]);
        var ended = Command.Run("export", copy);
        Assert.Equal(3, ended.Code);
        Assert.StartsWith($"tanh-standard-lr0.1-s2 is left out, because its tables are damaged: {layers}: expected ", ended.Error);
        Assert.Equal(7, Rows(Path.Combine(copy, "csv", "curve.csv")).Select(row => row["trial"]).Distinct().Count());
        Assert.Equal("damaged", Rows(Path.Combine(copy, "csv", "trials.csv")).Single(row => row["trial"] == "tanh-standard-lr0.1-s2")["status"]);
        Assert.Contains($"{Path.Combine(copy, "csv", "trials.csv")}  8 rows\n", ended.Output);
    }

    [Fact]
    public void RunThatHasNotBegun_GivesHeadingsAlone()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["run"]);
        scratch.Write(Path.Combine("run", "study.yaml"), "study: empty\n");
        Assert.Equal(0, Command.Run("export", scratch["run"]).Code);
        Assert.Equal("trial,update,split,cost,error,rmse,mae\n", File.ReadAllText(scratch[Path.Combine("run", "csv", "curve.csv")]));
    }

    [Fact]
    public void FileInPlaceOfTheFolder_IsRefused()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("taken", "x");
        Assert.Equal(new(2, "", $"sonde: --out: expected a folder for the tables, got the file {file}. Name a folder.\n"),
            Command.Run("export", small.Folder, "--out", file));
    }

    [Fact]
    public void AnotherFormat_IsRefused() => Assert.Equal(
        new(2, "", "sonde: --to: expected one of csv, parquet, tensorboard, pytorch, onnx, got 'xlsx'.\n'sonde export --help' shows what can be given.\n"),
        Command.Run("export", small.Folder, "--to", "xlsx"));

    [Theory, InlineData("pytorch", "safetensors"), InlineData("onnx", "onnx")]
    public void Networks_AreAFileForEachTrial(string format, string extension)
    {
        using var scratch = new Scratch();
        var ended = Command.Run("export", small.Folder, "--to", format, "--out", scratch["networks"], "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var run = RunFolder.Open(small.Folder);
        Assert.Equal(run.Trials.Select(id => $"{id}.{extension}"),
            Directory.GetFiles(scratch["networks"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var id in run.Trials)
        {
            var read = DenseNetwork.Read(scratch[Path.Combine("networks", $"{id}.{extension}")], []);
            var wanted = run.FindParameters(id)!;
            Assert.Equal(wanted.Layers.SelectMany(layer => layer.Weights), read.Parameters.Layers.SelectMany(layer => layer.Weights));
            Assert.Equal(wanted.Layers.SelectMany(layer => layer.Biases), read.Parameters.Layers.SelectMany(layer => layer.Biases));
            if (format == "onnx")
                Assert.StartsWith(read.ActivationsOr(null)[0].Name, id, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnImportedTrial_HasNoNetworkToWrite()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, Command.Run("import", scratch.Write("fit.csv", "step,test_error\n0,50\n9,5\n"), "--out", scratch["run"]).Code);
        var ended = Command.Run("export", scratch["run"], "--to", "onnx");
        Assert.Equal((3, "fit is left out: it has no checkpoint, so its weights are not recorded.\n"), (ended.Code, ended.Error));
    }
}
