using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Records.Baselines;
using Sonde.Running.Baselines;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Svm;

/// <summary><c>sonde svm</c>: support vector machines, the baseline that networks are held against.</summary>
internal static class SvmCommand
{
    private const int UsualEvaluation = 10_000;

    private static readonly Option<string> Data = new("--data")
    {
        Description = $"Dataset: {string.Join(", ", DatasetList.Names)}", DefaultValueFactory = _ => "shapeset",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A field of a study's data section; give it once for each field", HelpName = "FIELD=VALUE",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Seed of the order of training examples, as a trial has one", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Examples = Positive("--examples", "Training examples, from the first", 10_000);
    private static readonly Option<double[]> C = Numbers("--c", "What a violated margin costs", 1, 10, 100);
    private static readonly Option<double[]> Gamma = Numbers("--gamma", "Of the kernel exp(-gamma |x - z|^2)", 0.001, 0.003, 0.01);
    private static readonly Option<int?> Validation = Positive(
        "--validation", $"Validation examples, by which C and gamma are chosen (default: {UsualEvaluation}, or all there are)");
    private static readonly Option<int?> Test = Positive("--test", $"Test examples (default: {UsualEvaluation}, or all there are)");
    private static readonly Option<int> Cache = Positive("--cache", "MiB for rows of the kernel matrix; errors do not depend on it", 2048);
    private static readonly Option<int> Threads = Positive("--threads", "Threads; errors do not depend on it", Environment.ProcessorCount);
    private static readonly Option<string?> Out = new("--out") { Description = "Folder of the fits (default: runs/svm-DATA-EXAMPLES)", HelpName = "DIR" };
    private static readonly Option<string?> DataDirectory = new("--data-dir")
    {
        Description = "Folder with datasets (default: SONDE_DATA, then the user's cache)", HelpName = "DIR",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output when done" };

    public static Command Create()
    {
        var verb = new Verb("svm", "Trains support vector machines with a radial kernel, the baseline that networks are held against, and chooses C and gamma "
            + "by "
            + "validation error. Each is kept in a file: the same command again trains what is missing.",
            "sonde svm                                                   # 10,000 Shapeset examples, nine fits",
            "sonde svm --examples 2000 --c 1,10 --gamma 0.003 --json",
            "sonde svm --data mnist --examples 5000 --c 10 --gamma 0.02",
            "sonde svm --examples 100000 --c 10 --gamma 0.003 --cache 4096")
        {
            Data, Set, Seed, Examples, C, Gamma, Validation, Test, Cache, Threads, Out, DataDirectory, Json,
        };
        // On another thread: signals are listened for once this call has returned.
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return verb;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetValue(Data)!;
        // Of a stream without end, those that a network on as many examples sees.
        string[] examples = name == "shapeset" ? [$"data.examples={parsed.GetValue(Examples)}"] : [];
        string[] overrides = [$"data.name={name}", .. examples, .. (parsed.GetValue(Set) ?? []).Select(field => $"data.{field}")];
        if (StudyFile.Parse("study: svm", "the command line", overrides).Trials is not [var trial])
            throw new StudyException("--set: expected one value for each field, got a list. Train on one dataset at a time.");
        var data = DatasetList.Open(trial.Setting.Data, DataFolder.OfUser(parsed.GetValue(DataDirectory)));
        int Usual(Option<int?> option, Split split) =>
            parsed.GetValue(option) ?? (int)Math.Min(UsualEvaluation, data.Open(split, 1).Count ?? UsualEvaluation);
        var task = new SupportVectorTask(
            data, trial.Setting.DataSection, parsed.GetValue(Seed),
            parsed.GetValue(Examples), Usual(Validation, Split.Validation), Usual(Test, Split.Test));
        var directory = parsed.GetValue(Out) ?? Path.Combine("runs", $"svm-{name}-{task.Examples}");
        List<(double C, double Gamma)> settings =
        [
            .. from c in parsed.GetValue(C)!.Distinct().Order()
               from gamma in parsed.GetValue(Gamma)!.Distinct().Order()
               select (c, gamma),
        ];

        var view = new SvmView(TimeProvider.System);
        view.Notice($"{task.Examples} examples of {name}, {settings.Count} {(settings.Count == 1 ? "fit" : "fits")} into {directory}");
        IReadOnlyList<SupportVectorFit> fits;
        try
        {
            fits = new SupportVectorGrid(task, directory, TimeProvider.System, view.Notice)
                .Run(settings, parsed.GetValue(Cache), parsed.GetValue(Threads), view.Show, cancellation);
        }
        catch (OperationCanceledException)
        {
            view.Notice("interrupted; fits that are done are kept, and the same command goes on from here");
            return ExitCode.Interrupted;
        }
        view.Clear();
        var result = new SvmResult(task, directory, fits);
        if (parsed.GetValue(Json))
            Terminal.WriteJson(result.ToJson());
        else
            result.WriteTable(Console.Out);
        return ExitCode.Done;
    }

    private static Option<double[]> Numbers(string name, string description, params double[] usual) => new(name)
    {
        Description = $"{description}: one or several, such as 1,10",
        HelpName = "LIST",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var numbers = new List<double>();
            foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number))
                    numbers.Add(number);
                else
                    result.AddError($"{name}: expected numbers above 0 with commas between them, got '{text}'.");
            return [.. numbers];
        },
    };

    private static Option<int> Positive(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(CheckPositive);
        return option;
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(CheckPositive);
        return option;
    }

    private static void CheckPositive(OptionResult result)
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number >= 1))
            result.AddError($"{result.Option.Name}: expected a whole number of 1 or more, got '{token.Value}'.");
    }
}
