using System.CommandLine;
using System.Globalization;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Records.Baselines;
using Sonde.Running.Baselines;
using Sonde.Studies;

namespace Sonde.Cli.Svm;

/// <summary><c>sonde svm</c>: support vector machines, the baseline that networks are held against.</summary>
internal static class SvmCommand
{
    private const int UsualEvaluation = 10_000;

    private static readonly Option<string> Data = new("--data")
    {
        Description = $"The dataset: {string.Join(", ", DatasetList.Names)}, or one you built", HelpName = "NAME", DefaultValueFactory = _ => "shapeset",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A field of a study's data section. Repeat the option for more fields.", HelpName = "FIELD=VALUE",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "The seed that orders the training examples, as in a trial", HelpName = "N", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Examples = CommonOptions.Count("--examples", "Train on this many examples, from the first", 10_000);
    private static readonly Option<double[]> C = Numbers("--c", "The price of an example on the wrong side of its margin", 1, 10, 100);
    private static readonly Option<double[]> Gamma = Numbers("--gamma", "The gamma of the kernel exp(-gamma |x - z|^2)", 0.001, 0.003, 0.01);
    private static readonly Option<int?> Validation = CommonOptions.OptionalCount(
        "--validation", $"Choose C and gamma on this many validation examples (default: {UsualEvaluation}, or all if there are fewer).");
    private static readonly Option<int?> Test =
        CommonOptions.OptionalCount("--test", $"Test on this many examples (default: {UsualEvaluation}, or all if there are fewer).");
    private static readonly Option<int> Cache = CommonOptions.Count("--cache", "MiB for rows of the kernel matrix; errors do not depend on it", 2048);
    private static readonly Option<int> Threads = CommonOptions.Count("--threads", "Threads; errors do not depend on it (default: all cores).",
        Environment.ProcessorCount);
    private static readonly Option<string?> Out = CommonOptions.Folder("--out", "The folder for the fits (default: runs/svm-DATA-EXAMPLES).");
    private static readonly Option<string?> DataDirectory = CommonOptions.DataDirectory();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var verb = new Verb("svm", "Trains support vector machines with a radial kernel, to compare networks with, and chooses C and gamma by validation "
            + "error. It saves each fit; the same command again trains only those that are missing.",
            "sonde svm                             # 10,000 Shapeset examples, nine fits",
            "sonde svm --examples 2000 --c 1,10 --gamma 0.003 --json",
            "sonde svm --data mnist --examples 5000 --c 10 --gamma 0.02",
            "sonde svm --examples 100000 --c 10 --gamma 0.003 --cache 4096")
        {
            Data, Set, Seed, Examples, C, Gamma, Validation, Test, Cache, Threads, Out, DataDirectory, Json,
        };
        // On another thread, so that the first signal is heard.
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return verb;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetValue(Data)!;
        // Shapeset is endless; this limits it to the examples that a network trained on as many would see.
        string[] limit = name == "shapeset" ? [SettingField.DataExamples.To($"{parsed.GetValue(Examples)}")] : [];
        var setting = StudyFile.ReadSingle("the command line",
            [SettingField.Data.To(name), .. limit, .. (parsed.GetValue(Set) ?? []).Select(SettingField.InData)]);
        var data = DatasetList.Open(setting.Data, DataFolder.OfUser(parsed.GetValue(DataDirectory)));
        int Usual(Option<int?> option, Split split) =>
            parsed.GetValue(option) ?? (int)Math.Min(UsualEvaluation, data.Open(split, 1).Count ?? UsualEvaluation);
        var task = new SupportVectorTask(
            data, setting.DataSection, parsed.GetValue(Seed),
            parsed.GetValue(Examples), Usual(Validation, Split.Validation), Usual(Test, Split.Test));
        var directory = parsed.GetValue(Out) ?? Path.Combine("runs", $"svm-{name}-{task.Examples}");
        List<(double C, double Gamma)> settings =
        [
            .. from c in parsed.GetValue(C)!.Distinct().Order()
               from gamma in parsed.GetValue(Gamma)!.Distinct().Order()
               select (c, gamma),
        ];

        var view = new SvmView(TimeProvider.System);
        view.Notice($"{task.Examples} examples of {name}, {QuantityText.Count(settings.Count, "fit")} into {directory}");
        IReadOnlyList<SupportVectorFit> fits;
        try
        {
            fits = new SupportVectorGrid(task, directory, TimeProvider.System, view.Notice)
                .Run(settings, parsed.GetValue(Cache), parsed.GetValue(Threads), view.Show, cancellation);
        }
        catch (OperationCanceledException)
        {
            view.Notice("interrupted; finished fits are saved, and the same command continues from here");
            return ExitCode.Interrupted;
        }
        view.Clear();
        var result = new SvmResult(task, directory, fits);
        if (parsed.GetValue(Json))
            Terminal.WriteJson(result.ToJson());
        else
            result.WriteTable();
        return ExitCode.Done;
    }

    private static Option<double[]> Numbers(string name, string description, params double[] usual) => new(name)
    {
        Description = $"{description}; one number or several, such as 1,10",
        HelpName = "LIST",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var numbers = new List<double>();
            foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number))
                    numbers.Add(number);
                else
                    result.AddError($"{name}: expected numbers above 0, separated by commas, got '{text}'.");
            return [.. numbers];
        },
    };
}
