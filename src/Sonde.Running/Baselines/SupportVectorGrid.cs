using Sonde.Baselines;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Records.Baselines;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Running.Machines;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Baselines;

/// <summary>The examples that a grid of support vector machines is trained and measured on.</summary>
/// <param name="Data">The examples.</param>
/// <param name="DataSetting">The data section that opened them, as <see cref="TrialSetting.DataSection"/> has it.</param>
/// <param name="Seed">The seed of the training stream.</param>
/// <param name="Examples">How many training examples, from the first.</param>
/// <param name="Validation">How many validation examples.</param>
/// <param name="Test">How many test examples.</param>
public sealed record SupportVectorTask(Dataset Data, IReadOnlyDictionary<string, string> DataSetting, ulong Seed, int Examples, int Validation, int Test)
{
    /// <summary>Takes the examples that a trial is trained and measured on.</summary>
    /// <param name="trial">The trial, whose number of training examples must be finite.</param>
    /// <param name="folder">Where datasets are.</param>
    /// <exception cref="StudyException">The training examples never end.</exception>
    public static SupportVectorTask FromTrial(TrialSetting trial, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var data = DatasetList.Open(trial.Data, folder);
        int Evaluated(Split split) => data.OpenFirst(trial.Plan.EvaluationExamples, split, trial.Seed).Length;
        return new(data, trial.DataSection, trial.Seed,
            (int)(data.Open(Split.Train, trial.Seed).Count ?? throw new StudyException(
                $"{data.Name}: expected a number of training examples, which a support vector machine learns from, found a stream without end. "
                + "Say how many in data.examples.")),
            Evaluated(Split.Validation), Evaluated(Split.Test));
    }
}

/// <summary>The progress of a grid.</summary>
/// <param name="C">C of the present fit.</param>
/// <param name="Gamma">Gamma of the present fit.</param>
/// <param name="Fit">The number of the present fit, from 1.</param>
/// <param name="Fits">How many there are.</param>
/// <param name="PairsDone">Pairs of classes that it has trained.</param>
/// <param name="Pairs">All pairs of classes.</param>
public sealed record SupportVectorProgress(double C, double Gamma, int Fit, int Fits, int PairsDone, int Pairs);

/// <summary>Trains support vector machines over a grid of C and gamma, each kept in a file. It skips those that have a file already.</summary>
/// <param name="task">The examples.</param>
/// <param name="directory">The folder of the files; made if there is none.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="notice">Receives sentences for the user.</param>
public sealed class SupportVectorGrid(SupportVectorTask task, string directory, TimeProvider time, Action<string> notice)
{
    private const double Tolerance = 1e-3;

    private readonly Dictionary<string, string> setting = new(task.DataSetting)
    {
        ["seed"] = $"{task.Seed}", ["examples"] = $"{task.Examples}", ["validation"] = $"{task.Validation}", ["test"] = $"{task.Test}",
        ["tolerance"] = $"{Tolerance}",
    };

    /// <summary>Trains the missing fits, and returns all in the order of <paramref name="grid"/>.</summary>
    /// <param name="grid">C and gamma of each fit.</param>
    /// <param name="cacheMebibytes">Memory for rows of the kernel matrix.</param>
    /// <param name="threads">Threads; no error depends on them.</param>
    /// <param name="progress">Receives the progress, from any thread.</param>
    /// <param name="cancellation">Stops; fits that are done are kept.</param>
    /// <exception cref="StudyException">The folder holds fits of something else.</exception>
    /// <exception cref="DataException">There are too few examples.</exception>
    public IReadOnlyList<SupportVectorFit> Run(
        IReadOnlyList<(double C, double Gamma)> grid, int cacheMebibytes, int threads, Action<SupportVectorProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(progress);
        SupportVectorFit?[] fits = [.. grid.Select(at => Find(at.C, at.Gamma))];
        if (fits.All(fit => fit is not null))
            return fits!;
        var (train, validation, test) = (Read(Split.Train, task.Examples), Read(Split.Validation, task.Validation), Read(Split.Test, task.Test));
        for (var at = 0; at < fits.Length; at++)
        {
            if (fits[at] is not null)
                continue;
            var (c, gamma) = grid[at];
            var number = at + 1;
            var begun = time.GetTimestamp();
            void Report(int done) => progress(new(c, gamma, number, fits.Length, done, task.Data.Classes.Count * (task.Data.Classes.Count - 1) / 2));
            Report(0);
            var machine = SupportVectorMachine.Train(
                train.Inputs, train.Labels, new(c, gamma) { Tolerance = Tolerance, CacheMebibytes = cacheMebibytes }, threads, Report,
                cancellation: cancellation);
            var seconds = time.GetElapsedTime(begun).TotalSeconds;
            var answers = Predict(machine, test, threads, cancellation);
            var fit = fits[at] = new SupportVectorFit
            {
                Setting = setting, C = c, Gamma = gamma, SupportVectors = machine.SupportVectors.Count, Steps = machine.Machines.Sum(two => two.Steps),
                TrainingSeconds = seconds, Threads = threads,
                Validation = Count(Predict(machine, validation, threads, cancellation)), Test = Count(answers),
                Versions = new Dictionary<string, string>(Machine.Versions) { ["kernels"] = machine.Kernels }, Machine = Machine.Facts,
            };
            fit.Write(directory, answers);
        }
        return fits!;
    }

    /// <summary>Chooses the fit with the lowest validation error; the first of equals.</summary>
    /// <exception cref="ArgumentException">There is no fit.</exception>
    public static SupportVectorFit Choose(IReadOnlyList<SupportVectorFit> fits) => fits.MinBy(fit => fit.Validation.Error)
        ?? throw new ArgumentException("Expected at least one fit, got none. Give a C and a gamma.", nameof(fits));

    private SupportVectorFit? Find(double c, double gamma)
    {
        try
        {
            if (SupportVectorFit.Find(directory, c, gamma) is not { } fit)
                return null;
            foreach (var key in setting.Keys.Union(fit.Setting.Keys).Order(StringComparer.Ordinal))
                if (setting.GetValueOrDefault(key) is var wanted && fit.Setting.GetValueOrDefault(key) is var found && wanted != found)
                    throw new StudyException($"{directory}: expected fits of {key} {wanted ?? "(none)"}, found one of {key} {found ?? "(none)"}. "
                        + "Give the settings of that folder, or another folder with --out.");
            return fit;
        }
        catch (RecordException damaged)
        {
            notice($"{damaged.Message.Split(" Restore")[0]} It is trained again.");
            return null;
        }
    }

    private (float[] Inputs, int[] Labels) Read(Split split, int count) => task.Data.ReadFirst(count, split, task.Seed);

    private static IReadOnlyList<Prediction> Predict(
        SupportVectorMachine machine, (float[] Inputs, int[] Labels) examples, int threads, CancellationToken cancellation) =>
        [.. examples.Labels.Zip(machine.Predict(examples.Inputs, threads, cancellation), (label, predicted) => new Prediction(label, predicted))];

    private static MisclassifiedCount Count(IReadOnlyList<Prediction> predictions) =>
        new(predictions.Count(prediction => prediction.Predicted != prediction.Label), predictions.Count);
}
