using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Records.Trials;

namespace Sonde.Figures.Report;

/// <summary>Chooses the trials of a large study that the report draws.</summary>
internal static class DrawnTrials
{
    /// <summary>A study with at most this many trials is drawn whole.</summary>
    public const int Most = 20;

    /// <summary>Returns the ids of the trials to draw, in the order of the study: all of a small study; of a large one, the named trials and at most
    /// <see cref="Most"/> others, which are the best and the worst trial of each model by test error, and those that diverged or failed.</summary>
    /// <param name="trials">Every trial of the study.</param>
    /// <param name="selection">The models of the study; null if they cannot be compared.</param>
    /// <param name="named">Ids that the user asked for; may be empty.</param>
    public static IReadOnlyList<string> Choose(IReadOnlyList<FoundTrial> trials, StudySelection? selection, IReadOnlyCollection<string> named)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(named);
        var begun = trials.Where(trial => trial.Manifest is not null || trial.Status == FoundStatus.Damaged).ToList();
        if (begun.Count <= Most)
            return [.. begun.Select(trial => trial.Id)];
        var models = (selection?.Tasks.SelectMany(task => task.Models)
            .Select(model => model.Candidates.SelectMany(candidate => candidate.Trials)) ?? [begun])
            .Select(model => model.Where(HasError).OrderBy(Error).ToList()).Where(model => model.Count > 0).ToList();
        IReadOnlyList<FoundTrial>[] queues =
        [
            [.. models.Select(model => model[0]).OrderBy(Error)],
            [.. models.Select(model => model[^1]).OrderByDescending(Error)],
            [.. begun.Where(trial => trial.Status is TrialStatus.Diverged or TrialStatus.Failed or FoundStatus.Damaged)],
        ];
        var chosen = new HashSet<string>();
        // One of each kind in turn, so that none of the three kinds crowds out another.
        for (var k = 0; k < queues.Max(queue => queue.Count); k++)
            foreach (var queue in queues.Where(queue => k < queue.Count))
                if (chosen.Count < Most)
                    chosen.Add(queue[k].Id);
        // Trials without any result yet: the first ones stand for the rest.
        foreach (var trial in begun.TakeWhile(_ => chosen.Count == 0).Take(1))
            chosen.Add(trial.Id);
        return [.. begun.Select(trial => trial.Id).Where(id => chosen.Contains(id) || named.Contains(id))];
    }

    private static bool HasError(FoundTrial trial) => trial.Manifest?.Result is { } result && double.IsFinite(result.TestError);

    private static double Error(FoundTrial trial) => trial.Manifest!.Result!.TestError;
}
