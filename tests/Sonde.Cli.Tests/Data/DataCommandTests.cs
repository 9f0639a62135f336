using System.Text.Json;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Published;
using Sonde.Data.Shapeset;

namespace Sonde.Cli.Tests.Data;

public sealed class DataCommandTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void List_SaysOfEachDatasetWhereItIs()
    {
        Directory.CreateDirectory(scratch["mnist"]);
        foreach (var file in MnistFiles.All)
            scratch.Write(Path.Combine("mnist", file.Name), "");
        var list = Command.Run("data", "list", "--json", "--data-dir", scratch.Folder);
        Assert.Equal((0, ""), (list.Code, list.Error));
        var states = JsonDocument.Parse(list.Output).RootElement.GetProperty("datasets").EnumerateArray()
            .Select(row => (row.GetProperty("name").GetString(), row.GetProperty("state").GetString(), row.GetProperty("folder").GetString()));
        Assert.Equal([("shapeset", "drawn", null), ("mnist", "found", scratch["mnist"]), ("cifar10", "missing", null), ("arrays", "yours", null)], states);
        Assert.Contains($"found in {scratch["mnist"]}", Command.Run("data", "list", "--data-dir", scratch.Folder).Output);
    }

    [Fact]
    public void Export_WritesTheTrainingStreamAsIdxFiles()
    {
        var export = Command.Run("data", "export", "shapeset", "--count", "1500", "--seed", "7", "--side", "20", "--out", scratch["idx"], "--json");
        Assert.Equal(0, export.Code);
        Assert.Equal(1500, JsonDocument.Parse(export.Output).RootElement.GetProperty("count").GetInt32());
        Assert.Equal(["images-idx3-ubyte", "labels-idx1-ubyte"], Directory.GetFiles(scratch["idx"]).Select(Path.GetFileName).Order());

        var set = IdxSet.Read(Path.Combine(scratch["idx"], "images-idx3-ubyte"), Path.Combine(scratch["idx"], "labels-idx1-ubyte"), 9);
        var (inputs, labels) = (new float[1500 * 400], new int[1500]);
        new ShapesetDataset(20).Open(Split.Train, 7).Read(0, inputs, labels);
        Assert.Equal(new ImageShape(1, 20, 20), set.Shape);
        Assert.Equal(labels, set.Labels.Select(label => (int)label));
        Assert.Equal(inputs.Select(value => PixelRange.MinusOneToOne.ToGrey(value)), set.Greys);
    }

    [Fact]
    public void Show_WritesAPngAndPrintsItsPath()
    {
        var show = Command.Run("data", "show", "shapeset", "--count", "12", "--split", "test", "--out", scratch[Path.Combine("new", "sheet.png")]);
        Assert.Equal((0, $"{scratch[Path.Combine("new", "sheet.png")]}\n"), (show.Code, show.Output));
        Assert.Equal("\u0089PNG"u8[2..].ToArray(), File.ReadAllBytes(show.Output.TrimEnd())[1..4]);
    }

    [Fact]
    public void Show_SaysWhatWasReadOfOnesOwnFiles()
    {
        var flowers = scratch.Write("flowers.csv", "length,width,species\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,setosa\n4.9,3,versicolor\n");
        var show = Command.Run("data", "show", "arrays", "--set", $"path={flowers}", "--set", "label=species", "--set", "validation=1", "--set", "test=1");
        Assert.Equal((0, ""), (show.Code, show.Error));
        Assert.StartsWith($"{flowers}: 4 lines of 2 features, with a header, the label in column 3\n2 training, 1 validation and 1 test examples of 2 "
            + "features; ", show.Output);
        Assert.Contains("\n2 classes, with training examples: setosa 1, versicolor 1\nfeatures standardized by the training part, each feature by its own "
            + "mean and sd\n", show.Output);

        IdxFile.Write(scratch["images-idx3-ubyte"], [.. Enumerable.Range(0, 240).Select(i => (byte)i)], 60, 2, 2);
        IdxFile.Write(scratch["labels-idx1-ubyte"], [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 2))], 60);
        File.Delete(flowers);
        var drawn = Command.Run("data", "show", "arrays", "--set", $"path={scratch.Folder}", "--set", "validation=6", "--set", "test=6", "--out",
            scratch["sheet.png"], "--json");
        Assert.Equal((0, ""), (drawn.Code, drawn.Error));
        using var document = JsonDocument.Parse(drawn.Output);
        Assert.Equal((scratch["sheet.png"], 4),
            (document.RootElement.GetProperty("file").GetString(), document.RootElement.GetProperty("account").GetArrayLength()));
        Assert.True(File.Exists(scratch["sheet.png"]));
    }

    [Fact]
    public void Build_MakesADatasetThatListShowAndRunKnow()
    {
        for (var image = 0; image < 20; image++)
            scratch.Image(Path.Combine("photos", image % 2 == 0 ? "dark" : "light", $"{image:d2}.png"), (byte)(image % 2 == 0 ? image : 255 - image));
        scratch.Write(Path.Combine("photos", "dark", "broken.jpg"), "no image");
        string[] there = ["--data-dir", scratch["sets"]];
        var build = Command.Run(["data", "build", "pets", "--from", scratch["photos"], "--side", "8", "--validation", "4", "--test", "0.3", .. there]);
        Assert.Equal((0, "", $"{scratch["photos"]}: 21 images in 2 classes\n1 damaged image left out:\n  dark/broken.jpg is no image that can be read\n"
            + $"pets: colour, 3x8x8, 2 classes; 10 training, 4 validation, 6 test\n{Path.Combine(scratch["sets"], "pets")}; in a study: data: pets\n"),
            (build.Code, build.Error, build.Output));
        Assert.Contains($"pets     colour, 3x8x8, 2 classes; 10 training, 4 validation, 6 test\n         built in {Path.Combine(scratch["sets"], "pets")}\n",
            Command.Run(["data", "list", .. there]).Output);
        var show = Command.Run(["data", "show", "pets", "--out", scratch["pets.png"], .. there]);
        Assert.Equal((0, "", true), (show.Code, show.Error, File.Exists(scratch["pets.png"])));
        Assert.Contains("\n10 training, 4 validation and 6 test examples of 3x8x8\n", show.Output);

        var study = scratch.Write("pets.yaml", "study: pets\ndata: pets\nnetwork: {hidden: 5x1}\ntraining: {updates: 20, batch: 2}\nprobe: {examples: "
            + "4}\nevaluate: {examples: 4}\n");
        var run = Command.Run(["run", study, "--out", scratch["run"], "--json", .. there]);
        Assert.Equal(0, run.Code);
        Assert.Equal("done", JsonDocument.Parse(run.Output).RootElement.GetProperty("trials")[0].GetProperty("status").GetString());

        var again = Command.Run(["data", "build", "pets", "--from", scratch["photos"], .. there]);
        Assert.Equal((1, $"sonde: {Path.Combine(scratch["sets"], "pets")}: expected no such folder yet, found one. Remove it to build the set again, or "
            + "choose another name.\n"),
            (again.Code, again.Error));
    }

    [Fact]
    public void Build_OfImagesThatDoNotFitIntoMemory_SaysSo()
    {
        // A process of at most 128 MiB: twenty images of 3x4096x4096 take 1 GB, and as much for the parts.
        for (var image = 0; image < 20; image++)
            scratch.Image(Path.Combine("photos", image % 2 == 0 ? "dark" : "light", $"{image}.png"), (byte)image, side: 4);
        var ended = Command.StartWith(new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x8000000" },
            "data", "build", "pets", "--from", scratch["photos"], "--data-dir", scratch["sets"], "--side", "4096").Finish();
        Assert.Equal((1, "sonde: pets: expected images that fit into the 0.1 GB of memory of this machine, found 20 of 3x4096x4096, which need 2.0 GB. Make "
            + "--side smaller, or use fewer images.\n"), (ended.Code, ended.Error));
        Assert.Equal((1, "sonde: pets: expected a side of 1 to 4,096 pixels, found 46,341. Make --side smaller.\n"), Run46341());

        (int Code, string Error) Run46341()
        {
            var run = Command.Start("data", "build", "pets", "--from", scratch["photos"], "--data-dir", scratch["sets"], "--side", "46341").Finish();
            return (run.Code, run.Error);
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Build_StoppedBySignalSaysThatItGoesOn(string signal)
    {
        // Large enough that a thousand take far longer than the signal needs.
        var drawn = Path.Combine("photos", "dark", "0.png");
        scratch.Image(drawn, 9, side: 1000);
        Directory.CreateDirectory(scratch[Path.Combine("photos", "light")]);
        for (var image = 1; image < 1000; image++)
            File.Copy(scratch[drawn], scratch[Path.Combine("photos", image % 2 == 0 ? "dark" : "light", $"{image}.png")]);
        var build = Command.Start("data", "build", "pets", "--from", scratch["photos"], "--data-dir", scratch["sets"]);
        build.Until(() => File.Exists(scratch[Path.Combine("sets", "pets.building", "decoded", "digest.txt")]));
        build.Signal(signal);
        var ended = build.Finish();
        Assert.Equal((130, "", "decoded images are kept; the same command resumes the build\nsonde: interrupted\n"),
            (ended.Code, ended.Output, ended.Error));
        Assert.Equal([scratch[Path.Combine("sets", "pets.building")]], Directory.GetDirectories(scratch["sets"]));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Export_StoppedBySignalLeavesNoFile(string signal)
    {
        var export = Command.Start("data", "export", "shapeset", "--count", "8000000", "--side", "16", "--seed", "1", "--out", scratch["images"]);
        export.Until(() => export.Error.Contains(" of 8,000,000 images", StringComparison.Ordinal));
        export.Signal(signal);
        var ended = export.Finish();
        Assert.Equal((130, ""), (ended.Code, ended.Output));
        Assert.EndsWith("sonde: interrupted\n", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["images"]));
    }

    [Theory]
    [InlineData("build", "x", "--from", "~/photos", "--from: '~/photos'")]
    [InlineData("export", "shapeset", "--out", "~/r", "--out: '~/r'", "--count", "1", "--seed", "1")]
    [InlineData("show", "shapeset", "--out", "~/r", "--out: '~/r'")]
    [InlineData("list", null, "--data-dir", "~/d", "--data-dir: '~/d'")]
    public void APathThatOnlyAShellUnderstands_IsRefused(string verb, string? name, string option, string path, string message, params string[] more)
    {
        var ended = Command.Run(["data", verb, .. name is null ? [] : new[] { name }, $"{option}={path}", .. more]);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.StartsWith($"sonde: {message} begins with '~', which only a shell replaces", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void APlaceThatCannotBeWritten_IsNamed()
    {
        File.WriteAllText(scratch["file"], "");
        var ended = Command.Run("data", "export", "shapeset", "--count", "1", "--seed", "1", "--out", Path.Combine(scratch["file"], "sub"));
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.StartsWith($"sonde: {Path.Combine(scratch["file"], "sub")}: cannot be written (", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "sonde: arrays: expected a folder or a file at `path`, found no `path`. Write `path: FOLDER` in the study, or --set path=FOLDER on the "
        + "command line.", "show", "arrays")]
    [InlineData(1, "sonde: arrays: expected a dataset with files to fetch, found your own. Give their path: 'sonde data show arrays --set path=PATH'.",
        "fetch", "arrays")]
    [InlineData(2, "sonde: --set data.pth=x: expected one of the fields name, side, seed, range, objects, examples, path, task, label, header, "
        + "shape, scale, targetScale, order, validation, test, got 'pth'. Did you mean 'path'?", "show", "arrays", "--set", "pth=x")]
    [InlineData(2, "sonde: the command line: expected one value for each field, got lists: data.name=arrays, data.path=[a, b]. Give each field one value.",
        "show", "arrays", "--set", "path=[a, b]")]
    [InlineData(1, "sonde: shapeset: expected a side of 16 to 256 pixels, found 5. Change `side`; the paper's is 32.", "show", "shapeset", "--side", "5")]
    [InlineData(1, "sonde: dataset 'Cifar': expected one of shapeset, mnist, cifar10, arrays, or a set that `sonde data build` made, found neither. "
        + "Correct the name, or build the set.", "show", "Cifar")]
    [InlineData(1, "sonde: dataset 'cifar': expected one of shapeset, mnist, cifar10, arrays, found 'cifar'. Correct the name.", "fetch", "cifar")]
    [InlineData(2, "sonde: NAME: expected small letters, digits and hyphens, beginning with a letter, at most 60 of them, and none of shapeset, mnist, "
        + "cifar10, arrays; got 'Bad_Name'. Choose another name.", "build", "Bad_Name", "--from", "y")]
    [InlineData(2, "sonde: Expected one of --grey and --colour, got both. Remove one.", "build", "x", "--from", "y", "--grey", "--colour")]
    [InlineData(2, "sonde: Expected a share between 0 and 1 or a count of 1 or more for --test, got '1.5'. Give "
        + "one.", "build", "x", "--from", "y", "--test", "1.5")]
    [InlineData(2, "sonde: Expected no --test with --wordnet, got one: the sizes of Small-ImageNet's parts are fixed. "
        + "Remove it.", "build", "x", "--from", "y", "--wordnet", "z",
        "--test", "5")]
    [InlineData(1, "sonde: z: expected a folder with WordNet's data.noun, that file, or the list wordnet.is_a.txt, found none of them. Correct "
        + "--wordnet.", "build", "x", "--from",
        "y", "--wordnet", "z")]
    [InlineData(2, "sonde: 'sonde data build' needs --from FROM: A folder with one folder of JPEG or PNG images per class; or with"
        + " train, test and validation, which have the class folders", "build", "x")]
    [InlineData(1, "sonde: shapeset: expected a dataset with files to fetch, found one whose images are drawn. It is ready: use it.", "fetch", "shapeset")]
    [InlineData(2, "sonde: Expected a whole number of 1 or more for --count, got '0'. Give one.", "show", "shapeset", "--count", "0")]
    [InlineData(2, "sonde: 'sonde data export' needs --seed SEED: Seed of the training stream, as a trial has one", "export", "shapeset", "--count", "3",
        "--out", "x")]
    public void WrongUse_IsOneMessageAndACode(int code, string message, params string[] arguments)
    {
        var ended = Command.Run(["data", .. arguments]);
        Assert.Equal((code, "", message), (ended.Code, ended.Output, ended.Error.Split('\n')[0]));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("fetch")]
    [InlineData("show")]
    [InlineData("export")]
    [InlineData("build")]
    public void Help_EndsWithExamples(string verb)
    {
        var help = Command.Run("data", verb, "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains($"Examples:\n  sonde data {verb}", help.Output);
    }
}
