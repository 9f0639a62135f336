using System.CommandLine;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Images.Building;
using Sonde.Images.Listing;
using Sonde.Images.WordNet;

namespace Sonde.Cli.Data;

/// <summary><c>sonde data build</c>: turns folders of images into a dataset.</summary>
internal static class DataBuildVerb
{
    public static Verb Create()
    {
        var name = new Argument<string>("NAME") { Description = $"The name of the set in studies: {BuiltSets.NameRule}" };
        var from = new Option<string>("--from")
        {
            Description = "A folder with one folder of JPEG or PNG images per class; or with train, test and validation, which have the class folders",
            Required = true,
        };
        var wordnet = new Option<string?>("--wordnet")
        {
            Description = "Small-ImageNet instead: --from has ImageNet's folders, and this is WordNet 3.0's folder, its data.noun, or ImageNet's "
                + "wordnet.is_a.txt",
        };
        var side = new Option<int?>("--side")
        {
            Description = "Pixels per side of every image, after the square in its middle is cut out [default: 32; Small-ImageNet: 37]",
        };
        var grey = new Option<bool>("--grey") { Description = "One channel" };
        var colour = new Option<bool>("--colour") { Description = "Three channels [default; Small-ImageNet: grey]" };
        var validation = Size("--validation");
        var test = Size("--test");
        var seed = new Option<ulong>("--seed") { Description = "Decides which images are set aside", DefaultValueFactory = _ => 1 };
        var (folder, json) = (DataCommand.DataDirectory(), DataCommand.Json());
        side.Validators.Add(DataCommand.AtLeastOne);
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !BuiltSets.IsName(token.Value))
                result.AddError($"NAME: expected {BuiltSets.NameRule}, and none of {string.Join(", ", DatasetList.Names)}; got '{token.Value}'. Choose another "
                    + "name.");
        });
        var verb = new Verb("build", "Makes a dataset from folders of images: square, of one size, with the same share of each class in every part. The same "
            + "command resumes a build that was stopped.",
            "sonde data build pets --from photos", "sonde data build pets --from photos --side 64 --grey --validation 0.2 --test 500",
            "sonde data build small-imagenet --from imagenet --wordnet wordnet.is_a.txt")
        {
            name, from, wordnet, side, grey, colour, validation, test, seed, folder, json,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(grey) && result.GetValue(colour))
                result.AddError("Expected one of --grey and --colour, got both. Remove one.");
            if (result.GetResult(wordnet) is not null && (result.GetResult(validation) ?? result.GetResult(test)) is { } size)
                result.AddError($"Expected no {size.Option.Name} with --wordnet, got one: the sizes of Small-ImageNet's parts are fixed. Remove it.");
        });
        verb.SetAction(async (parsed, cancellation) =>
        {
            var (called, source) = (parsed.GetValue(name)!, parsed.GetValue(from)!);
            var (building, places) = (new DataBuilding(TimeProvider.System, Terminal.ErrorOutput), DataFolder.OfUser(parsed.GetValue(folder)));
            var built = await building.Run(
                token =>
                {
                    var plan = parsed.GetValue(wordnet) is { } nouns
                        ? SmallImageNet.Plan(called, source, NounHierarchy.Read(nouns), parsed.GetValue(seed), token)
                        : new()
                        {
                            Name = called,
                            Listing = ClassFolders.List(source, token),
                            Validation = parsed.GetValue(validation),
                            Test = parsed.GetValue(test),
                            Seed = parsed.GetValue(seed),
                        };
                    var isColour = parsed.GetValue(colour) || plan.IsColour && !parsed.GetValue(grey);
                    return plan with { Side = parsed.GetValue(side) ?? plan.Side, IsColour = isColour };
                },
                places, cancellation);
            DataCommand.Print(parsed.GetValue(json), built.ToJson, built.ToText);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Option<PartSize?> Size(string option) => new(option)
    {
        Description = "How much to set aside if the part has no folder: a share such as 0.1 (the default) or a number of images",
        HelpName = "SHARE|COUNT",
        CustomParser = result =>
        {
            if (PartSize.TryParse(result.Tokens[0].Value, out var size))
                return size;
            result.AddError($"Expected a share between 0 and 1 or a count of 1 or more for {option}, got '{result.Tokens[0].Value}'. Give one.");
            return null;
        },
    };
}
