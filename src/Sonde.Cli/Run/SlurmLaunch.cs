using System.Text;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Files;
using Sonde.Running;
using Sonde.Running.Estimating;
using Sonde.Running.Launching;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary><c>sonde run --on slurm</c>: writes the batch script of a study and submits the workers that are missing.</summary>
/// <param name="study">The study.</param>
/// <param name="directory">Its run folder.</param>
/// <param name="request">What is asked of Slurm.</param>
/// <param name="options">How each worker runs.</param>
/// <param name="begin">The words after <c>sonde run</c> that begin the run folder if there is none yet.</param>
internal sealed class SlurmLaunch(Study study, string directory, SlurmRequest request, RunOptions options, IReadOnlyList<string> begin)
{
    private readonly SlurmScript script = new(study.Name, directory);

    /// <summary>Prints the script, and writes and submits nothing.</summary>
    public async Task<int> Show(CancellationToken cancellation)
    {
        var estimate = await Interruptible.Run(new StudyEstimator(study, directory, options, TimeProvider.System).Estimate, cancellation);
        foreach (var sentence in estimate.Missing)
            Terminal.Notice($"No estimate: {sentence}");
        var useful = Math.Max(1, Useful(estimate.Trials.Count(trial => trial.UpdatesLeft > 0)));
        Terminal.Output.Write(Text(useful, estimate));
        return ExitCode.Done;
    }

    /// <summary>Submits what is missing, and returns without waiting for it.</summary>
    public async Task<int> Submit(bool asJson, CancellationToken cancellation)
    {
        var runner = await Interruptible.Run(() => new StudyRunner(study, directory, options, TimeProvider.System, Terminal.Notice), cancellation);
        var open = runner.Trials.Count(trial => !Records.Trials.TrialStatus.IsFinished(trial.Now.Status));
        // Two submissions at once would both find no job queued.
        using var turn = await Interruptible.Run(() => runner.Run.TakeLeaseIfFree(runner.Leases, cancellation), cancellation);
        if (turn is null)
            throw new RecordException($"{directory}: another process submits workers or draws figures at this moment. Run the command again in a minute.");
        var (queued, problem) = await Interruptible.Run(() => (SlurmCommands.CountJobs(script.JobName, out var unknown), unknown), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (problem is not null)
            Terminal.Notice($"Sonde cannot count the workers that are queued already ({problem}). Too many do no harm: each ends when all trials are done.");
        var workers = Useful(open) - (queued ?? 0);
        if (workers <= 0)
            return Report(asJson, null, 0, queued, open == 0 ? $"All trials in {directory} are finished: there is nothing to submit."
                : $"{QuantityText.Count(queued ?? 0, "worker")} for {QuantityText.Count(open, "unfinished trial")} are queued or running: no more are useful.");
        var estimate = await Interruptible.Run(new StudyEstimator(study, directory, options, TimeProvider.System).Estimate, cancellation);
        var path = Path.Combine(Path.GetFullPath(directory), SlurmScript.FileName);
        Directory.CreateDirectory(script.LogFolder);
        DurableFile.Write(path, Encoding.UTF8.GetBytes(Text(workers, estimate)));
        var job = await Submit(path, cancellation);
        return Report(asJson, job, workers, queued, $"Slurm job {job}: {QuantityText.Count(workers, "worker")} for "
            + $"{QuantityText.Count(open, "unfinished trial")}, submitted with {path}");
    }

    private async Task<string> Submit(string path, CancellationToken cancellation)
    {
        try
        {
            return await Interruptible.Run(() => SlurmCommands.Submit(path), cancellation);
        }
        catch (Exception e) when (e is OperationCanceledException or RecordException && cancellation.IsCancellationRequested)
        {
            // Ctrl-C reaches sbatch too, before or after it has submitted.
            Terminal.Notice($"A signal came while sbatch submitted the workers. To see whether it did: squeue --name {script.JobName}. "
                + "The same command again submits what is missing.");
            throw new OperationCanceledException(cancellation);
        }
    }

    private int Useful(int open) => Math.Min(open, request.Workers ?? SlurmRequest.UsualWorkers);

    private string Text(int workers, StudyEstimate estimate)
    {
        var needs = WorkerNeeds.Of(estimate, workers, options.Threads, WorkerNeeds.PeakBytesOfThisProcess);
        var isFolderThere = Directory.Exists(directory);
        List<string> command = [.. ThisCommand(), "run", .. isFolderThere ? [Path.GetFullPath(directory)] : begin, "--worker", "--threads", $"{needs.Threads}"];
        if (options.TakeOverAfter is { } patience)
            command.AddRange(["--take-over", $"{patience.TotalSeconds:0}"]);
        // Some clusters pass no variables on to jobs.
        if (options.Data.Places is [var place, ..])
            command.AddRange(["--data-dir", place.Path]);
        return script.Write(workers, needs, request, command, isFolderThere);
    }

    private int Report(bool asJson, string? job, int workers, int? queued, string sentence)
    {
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["study"] = study.Name, ["directory"] = directory, ["job"] = job, ["workers"] = workers, ["queuedBefore"] = queued,
                ["script"] = job is null ? null : Path.Combine(Path.GetFullPath(directory), SlurmScript.FileName),
            });
            return ExitCode.Done;
        }
        Terminal.WriteLine(sentence);
        if (job is null && workers == 0 && queued is null or 0)
            return ExitCode.Done;
        Terminal.WriteLine($"Follow it with: sonde status {SlurmScript.TypedWord(directory)} --follow");
        Terminal.WriteLine($"Or with: squeue --name {script.JobName}");
        Terminal.WriteLine($"What workers print is in {script.LogFolder}. The same command again submits what is missing then.");
        return ExitCode.Done;
    }

    /// <summary>The words that start this program.</summary>
    private static IReadOnlyList<string> ThisCommand()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "Sonde.Cli.dll")] : [program];
    }
}
