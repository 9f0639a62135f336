using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Studies;

namespace Sonde.Cli.Data;

/// <summary><c>sonde data</c>: lists, fetches, shows, exports and builds datasets.</summary>
internal static class DataCommand
{
    public static Command Create() => new Verb("data", "Lists, fetches, shows, exports and builds datasets.",
        "sonde data list                       # all datasets, and where each was found",
        "sonde data fetch mnist                # download and check it",
        "sonde data show shapeset --side 64    # a contact sheet",
        "sonde data build pets --from photos   # turns folders of images into a dataset")
    {
        List(), Fetch(), Show(), Export(), DataBuildVerb.Create(),
    };

    private static Verb List()
    {
        var (folder, json) = (DataDirectory(), Json());
        var verb = new Verb("list", "Lists the datasets, whether each is on this machine, and where.",
            "sonde data list", "sonde data list --json") { folder, json };
        verb.SetAction(parsed =>
        {
            var rows = DataListing.FromFolders(DataFolder.OfUser(parsed.GetValue(folder)));
            Print(parsed.GetValue(json), () => DataListing.ToJson(rows), () => DataListing.ToText(rows));
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Fetch()
    {
        var (name, folder, json) = (Name(), DataDirectory(), Json());
        var verb = new Verb("fetch", "Downloads a dataset from its mirrors in turn, resumes a broken download, and checks every file.",
            "sonde data fetch mnist", "sonde data fetch mnist --data-dir ~/data") { name, folder, json };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var target = DataFolder.OfUser(parsed.GetValue(folder));
            using var http = new HttpClient();
            var result = await new DataFetching(http, TimeProvider.System, Terminal.ErrorOutput).Run(parsed.GetValue(name)!, target, cancellation);
            Print(parsed.GetValue(json), result.ToJson, result.ToText);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Show()
    {
        var (name, folder, side, seed, json) = (Name(), DataDirectory(), Side(), Seed(), Json());
        var split = new Option<Split>("--split") { Description = "Which stream", DefaultValueFactory = _ => Split.Train };
        var count = new Option<int>("--count") { Description = "How many images", DefaultValueFactory = _ => 60 };
        var set = new Option<string[]>("--set") { Description = "A field of a study's data section; repeat it for more fields", HelpName = "FIELD=VALUE" };
        var output = new Option<string?>("--out") { Description = "The PNG file to write (default: NAME-SPLIT.png)" };
        count.Validators.Add(AtLeastOne);
        var verb = new Verb("show", "Says what was read from your own files, and draws a contact sheet: images with their classes, as PNG.",
            "sonde data show shapeset", "sonde data show shapeset --side 64 --count 40 --out sheet.png", "sonde data show mnist --split test",
            "sonde data show arrays --set path=flowers.csv --set label=species --set validation=15 --set test=15")
        {
            name, split, count, side, seed, set, output, folder, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var (places, chosen) = (DataFolder.OfUser(parsed.GetValue(folder)), parsed.GetValue(split));
            var setting = Setting(parsed.GetValue(name)!, parsed.GetValue(side), parsed.GetValue(set) ?? []);
            var path = DataFolder.FullPath("--out", parsed.GetValue(output) ?? $"{setting.Name}-{chosen.ToString().ToLowerInvariant()}.png");
            var written = await Interruptible.Run(
                _ =>
                {
                    var data = DatasetList.Open(setting, places);
                    // The user's own images are read again, scaled to pixels that can be drawn.
                    Dataset Sheet() => setting.Name != "arrays" ? data
                        : DatasetList.Open(setting with { Arrays = setting.Arrays with { Scale = InputScaling.ZeroToOne } }, places);
                    return DataShowing.Write(data, Sheet, chosen, parsed.GetValue(seed), parsed.GetValue(count), path);
                },
                cancellation);
            Print(parsed.GetValue(json), written.ToJson, written.ToText);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb Export()
    {
        var (name, folder, side, json) = (Name(), DataDirectory(), Side(), Json());
        var split = new Option<Split>("--split") { Description = "Which stream", DefaultValueFactory = _ => Split.Train };
        var seed = Seed();
        seed.Required = true;
        seed.DefaultValueFactory = null;
        var count = new Option<int>("--count") { Description = "How many images, from the first", Required = true };
        var output = new Option<string>("--out") { Description = "The folder to write to; made if it does not exist", Required = true };
        count.Validators.Add(AtLeastOne);
        var verb = new Verb("export", "Writes images and labels of a stream as IDX files: images-idx3-ubyte, labels-idx1-ubyte.",
            "sonde data export shapeset --count 10000 --seed 1 --out shapeset-idx", "sonde data export shapeset --count 1000 --seed 1 --side 64 --out large")
        {
            name, count, seed, side, split, output, folder, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var target = DataFolder.FullPath("--out", parsed.GetValue(output)!);
            var written = await Interruptible.Run(
                token =>
                {
                    var data = DatasetList.Open(Setting(parsed.GetValue(name)!, parsed.GetValue(side), []), DataFolder.OfUser(parsed.GetValue(folder)));
                    return new DataExport(data, parsed.GetValue(split), parsed.GetValue(seed), TimeProvider.System, Terminal.ErrorOutput)
                        .Write(parsed.GetValue(count), target, token);
                },
                cancellation);
            Print(parsed.GetValue(json), written.ToJson, written.ToText);
            return ExitCode.Done;
        });
        return verb;
    }

    private static DatasetSetting Setting(string name, int? side, string[] fields)
    {
        if (fields.Length == 0)
            return new() { Name = name, Side = side };
        string[] sides = side is null ? [] : [SettingField.DataSide.To($"{side}")];
        return StudyFile.ReadSingle("the command line", [SettingField.Data.To(name), .. sides, .. fields.Select(SettingField.InData)]).Data;
    }

    private static Argument<string> Name() => new("NAME") { Description = $"Dataset: {string.Join(", ", DatasetList.Names)}, or one you built" };

    internal static Option<string?> DataDirectory() => new("--data-dir") { Description = "Folder with datasets (default: SONDE_DATA, then the user's cache)" };

    private static Option<int?> Side() => new("--side") { Description = "Pixels per side, for datasets that are drawn" };

    private static Option<ulong> Seed() => new("--seed") { Description = "Seed of the training stream, as a trial has one", DefaultValueFactory = _ => 1 };

    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON document" };

    internal static void AtLeastOne(OptionResult result)
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number >= 1))
            result.AddError($"Expected a whole number of 1 or more for {result.Option.Name}, got '{token.Value}'. Give one.");
    }

    internal static void Print(bool asJson, Func<JsonNode> document, Func<string> text)
    {
        if (asJson)
            Terminal.WriteJson(document());
        else
            Terminal.WriteText(text());
    }
}
