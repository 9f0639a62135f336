using System.CommandLine;
using Sonde.Cli.Shell;
using Sonde.Running.Launching;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Run;

/// <summary>The options of <c>sonde run</c> for a cluster.</summary>
internal static class SlurmOptions
{
    private const string Local = "local", Slurm = "slurm";

    // What Slurm allows in an array, unless its MaxArraySize says otherwise.
    private const int MostWorkers = 1000;

    private static readonly Option<string> On = CommonOptions.OneOf("--on",
        "Where to train: on this machine, or as an array of workers that Slurm starts on this run folder. With slurm the command submits and returns.",
        [Local, Slurm], Local);
    private static readonly Option<int?> Workers = CommonOptions.OptionalCount("--workers",
        $"With --on slurm: at most N workers (default: one per unfinished trial, at most {SlurmRequest.UsualWorkers}). Those that are queued count.",
        MostWorkers);
    private static readonly Option<string?> Partition = Text("--partition", "With --on slurm: the partition.", "P");
    private static readonly Option<string?> Time = Text("--time",
        "With --on slurm: the time limit of a worker, as sbatch reads it (default: from the estimate).", "T");
    private static readonly Option<string?> Account = Text("--account", "With --on slurm: the account.", "A");
    private static readonly Option<string[]> Sbatch = new("--sbatch")
    {
        Description = "With --on slurm: another option of sbatch, such as constraint=avx2. Repeat it for more.", HelpName = "KEY=VALUE",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [On, Workers, Partition, Time, Account, Sbatch];

    /// <summary>Finds what is asked of Slurm. Null if the study is to train on this machine.</summary>
    /// <exception cref="StudyException">An option is for Slurm alone, or not one of sbatch.</exception>
    public static SlurmRequest? Find(ParseResult parsed)
    {
        if (parsed.GetValue(On) == Slurm)
            return SlurmRequest.Parse(parsed.GetValue(Workers), parsed.GetValue(Partition), parsed.GetValue(Time), parsed.GetValue(Account),
                parsed.GetValue(Sbatch) ?? []);
        if (All.FirstOrDefault(option => option != On && parsed.GetResult(option) is { Implicit: false }) is { } option)
            throw new StudyException($"{option.Name} is for --on slurm. Add --on slurm, or leave {option.Name} out"
                + (option == Workers ? "; on this machine --parallel says how many trials train at a time." : "."));
        return null;
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
