using Sonde.Cli.Shell;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Diagnosing;

/// <summary>The study file with a trial's setting after a remedy.</summary>
internal static class MendedStudy
{
    // A study's name has no more.
    private const int MostLetters = 60;

    /// <summary>Refuses a file that exists.</summary>
    /// <exception cref="StudyException">It exists.</exception>
    public static void CheckNew(string file)
    {
        if (Path.Exists(file))
            throw new StudyException($"{file}: expected a new file for the mended study, got one that exists. Name another file with --apply, or remove it.");
    }

    // The file's, so that its run folder is not that of another mended study.
    private static string NameOf(string file)
    {
        string name = new([.. Path.GetFileNameWithoutExtension(file).Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-').Take(MostLetters)]);
        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) ? name : "mended";
    }

    /// <summary>Writes the file, and says so; or says why there is none to write.</summary>
    /// <exception cref="StudyException">It exists, or cannot be written.</exception>
    public static void Write(string file, DiagnosedTrial trial, TrialSetting setting)
    {
        if (trial.Remedies?.Chosen is not { } remedy)
        {
            Terminal.Notice($"{trial.Found.Id}: {(trial.Remedies?.Proof is null ? "there is no remedy" : "no remedy helped")}, so {file} is not written.");
            return;
        }
        CheckNew(file);
        var study = Study.WithChange(NameOf(file), setting, remedy.Change,
            description: $"{trial.Found.Id} with {remedy.Name}: {RemedyText.SetOf(remedy, trial.Found.Setting)}. {remedy.Why}");
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew);
            using var writer = new StreamWriter(stream);
            writer.Write(StudyFile.Write(study));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new StudyException($"{file}: cannot be written ({denied.Message.TrimEnd('.')}). Name another file with --apply.", denied);
        }
        Terminal.Notice($"{file}: the study with {remedy.Name}; 'sonde run {file}' trains it");
    }
}
