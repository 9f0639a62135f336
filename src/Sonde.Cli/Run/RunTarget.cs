using Sonde.Cli.Shell;
using Sonde.Interop.Watching;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Running;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Run;

/// <summary>What <c>sonde run</c> trains, and where: a study, or what a run folder already holds.</summary>
/// <param name="Study">The study.</param>
/// <param name="Directory">The run folder.</param>
/// <param name="IsFolder">True if the folder was given instead of a study.</param>
internal sealed record RunTarget(Study Study, string Directory, bool IsFolder)
{
    /// <summary>Reads a study or a run folder.</summary>
    /// <param name="name">A built-in study, a study file or a run folder.</param>
    /// <param name="changes">Texts such as <c>training.updates=1000</c>.</param>
    /// <param name="scale">One of the study's scales; null for none.</param>
    /// <param name="output">The run folder; null for the study's usual one.</param>
    /// <exception cref="StudyException">There is no such study or run folder, or a run folder should be changed.</exception>
    public static RunTarget Open(string name, IReadOnlyList<string> changes, string? scale, string? output)
    {
        if (!StudyList.Names.Contains(name) && System.IO.Directory.Exists(name))
            return OfFolder(name, changes, scale, output);
        var study = StudyList.Open(name, changes, scale);
        return new(study, output ?? Path.Combine("runs", StudyList.FolderNameOf(study, changes, scale)), IsFolder: false);
    }

    /// <summary>Returns the target with more updates in every trial, and writes nothing.</summary>
    public RunTarget PlanMore(long updates)
    {
        MustExist();
        return this with { Study = StudyExtension.Plan(Directory, updates, IsFolder ? null : Study) };
    }

    /// <summary>Gives every trial more updates, unless the same command did so before and was not finished.</summary>
    public RunTarget BeginMore(long updates, Action<string> notice)
    {
        MustExist();
        var before = RunFolder.Open(Directory).ReadStudy();
        var longer = StudyExtension.Begin(Directory, updates, IsFolder ? null : Study);
        notice(before == RunFolder.Open(Directory).ReadStudy()
            ? $"{Directory}: the {QuantityText.Whole(updates)} more updates that were asked for before are finished first; none are added"
            : $"{Directory}: {QuantityText.Whole(updates)} more updates for "
                + (longer.Trials.Count == 1 ? "the trial" : $"each of the {longer.Trials.Count} trials"));
        return this with { Study = longer };
    }

    private static RunTarget OfFolder(string directory, IReadOnlyList<string> changes, string? scale, string? output)
    {
        var file = Path.Combine(directory, RunFolder.StudyFileName);
        var copy = $"sonde run {file} --out OTHER";
        if (!File.Exists(file) && !System.IO.Directory.Exists(Path.Combine(directory, RunFolder.TrialsFolderName)))
            throw new StudyException($"{directory}: expected a study or a run folder, got a folder without {RunFolder.StudyFileName} and "
                + $"{RunFolder.TrialsFolderName}/.{AdviceIn(directory)}");
        var run = RunFolder.Open(directory);
        if (run.HasForeignStudy)
            throw new StudyException($"{directory}: expected a run folder, got a folder with a {RunFolder.StudyFileName} that Sonde did not write. "
                + $"To run that study: sonde run {file}");
        if (ObservedRun.IsImported(run))
            throw new StudyException($"{directory}: these trials were imported, so there is no study to run. Write one of your network "
                + "(docs/your-network.md), and run it into another folder.");
        if (output is not null)
            throw new StudyException($"{directory} is a run folder, which continues in its place. Leave --out out, or run its study into another folder: "
                + $"sonde run {file} --out {output}");
        // What is wrong with a change comes first: the advice repeats the changes.
        if (changes.Count > 0 && run.ReadStudy() is { } recorded)
            _ = StudyFile.Parse(recorded, file, changes);
        if (changes.Count > 0 || scale is not null)
            throw new StudyException($"{directory} is a run folder, whose trials keep their settings. Run a changed study into another folder: {copy} "
                + string.Join(' ', [.. changes.Select(change => $"--set '{change}'"), .. scale is null ? (string[])[] : [$"--scale {scale}"]]));
        try
        {
            return run.ReadStudy() is { } text ? new(StudyFile.Parse(text, file), directory, IsFolder: true)
                : throw new StudyException($"{directory}: there is no {RunFolder.StudyFileName}. Run the study that its trials belong to, which writes it "
                    + $"again: sonde run STUDY --out {directory}");
        }
        catch (RecordException damage)
        {
            throw new StudyException($"{damage.Message} Or run the study that its trials belong to: sonde run STUDY --out {directory}", damage);
        }
    }

    /// <summary>Says what a folder that is no run folder may be mistaken for.</summary>
    private static string AdviceIn(string directory)
    {
        try
        {
            var runs = System.IO.Directory.EnumerateDirectories(directory).Where(folder => File.Exists(Path.Combine(folder, RunFolder.StudyFileName)))
                .Order(StringComparer.Ordinal).FirstOrDefault();
            var study = System.IO.Directory.EnumerateFiles(directory, "*.y*ml").Order(StringComparer.Ordinal).FirstOrDefault();
            var example = study ?? runs;
            return example is null ? " Give a study file or a built-in study; 'sonde studies' lists them." : $" Such as: sonde run {example}";
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return $" ({denied.Message})";
        }
    }

    private void MustExist()
    {
        if (!System.IO.Directory.Exists(Directory))
            throw new StudyException($"{Directory}: there is no run to continue. Leave --more-updates out to begin one, or give its folder.");
    }
}
