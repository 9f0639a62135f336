using Sonde.Records;

namespace Sonde.Studies.Running;

/// <summary>Makes a run folder for a study, or makes sure that the one there is of this very study.</summary>
internal static class RunDirectory
{
    public static RunFolder Prepare(string directory, Study study)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (File.Exists(directory))
            throw new StudyException($"{directory}: expected a folder for the run, got a file. Name another place with --out.");
        var path = Path.Combine(directory, "study.yaml");
        if (File.Exists(path))
            CheckSame(directory, Read(path), study);
        else if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new StudyException($"{directory}: expected a new or empty folder, or a run folder, got one that holds other files and no study.yaml. Name another place with --out.");
        else
            return RunFolder.Create(directory, StudyFile.Write(study));
        return RunFolder.Open(directory);
    }

    private static Study Read(string path)
    {
        try
        {
            return StudyFile.Read(path);
        }
        catch (StudyException e)
        {
            throw new StudyException($"{path}: expected the study that was run here, got a file that was changed since. Restore it, or name another place with --out. {e.Message}", e);
        }
    }

    private static void CheckSame(string directory, Study there, Study here)
    {
        if (Difference(there, here) is { } difference)
            throw new StudyException($"{directory}: expected the run folder of this very study, got one where {difference}. Name another place with --out, or delete this one.");
    }

    private static string? Difference(Study there, Study here)
    {
        if (there.Name != here.Name)
            return $"study is '{there.Name}' instead of '{here.Name}'";
        foreach (var (before, now) in there.Trials.Zip(here.Trials))
        {
            if (before.Id != now.Id)
                return $"a trial is {before.Id} instead of {now.Id}";
            foreach (var key in before.Setting.Flat.Keys.Union(now.Setting.Flat.Keys))
            {
                var (was, isNow) = (before.Setting.Flat.GetValueOrDefault(key, "not set"), now.Setting.Flat.GetValueOrDefault(key, "not set"));
                if (was != isNow)
                    return $"{key} of {now.Id} is {was} instead of {isNow}";
            }
        }
        return there.Trials.Count == here.Trials.Count ? null : $"there are {there.Trials.Count} trials instead of {here.Trials.Count}";
    }
}
