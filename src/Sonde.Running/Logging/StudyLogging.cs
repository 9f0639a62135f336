using Microsoft.Extensions.Logging;
using Sonde.Records.Trials;
using Sonde.Running.Trials;

namespace Sonde.Running.Logging;

/// <summary>Connects a <see cref="StudyRunner"/> to the logging of a .NET program.</summary>
/// <example><code>
/// var runner = new StudyRunner(study, "runs/mine", options, TimeProvider.System, logger.ToNotices());
/// await runner.RunAsync(logger.ToProgress(), cancellation);
/// </code></example>
public static partial class StudyLogging
{
    /// <summary>Returns an action that logs the runner's sentences for the user, at level information.</summary>
    /// <param name="logger">The log.</param>
    public static Action<string> ToNotices(this ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return sentence => Notice(logger, sentence);
    }

    /// <summary>Returns progress that logs a trial when its status changes: as an error if it failed, as a warning if it diverged, else as information.
    /// Progress within a status is logged at level debug.</summary>
    /// <param name="logger">The log.</param>
    public static IProgress<TrialReport> ToProgress(this ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new LoggedProgress(logger);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Sentence}")]
    private static partial void Notice(ILogger logger, string sentence);

    [LoggerMessage(EventId = 2, Message = "{Trial}: {Status} at update {Update}, {TestError}")]
    private static partial void State(ILogger logger, LogLevel level, string trial, string status, long update, string testError);

    [LoggerMessage(EventId = 3, Message = "{Trial}: {Status} at update {Update}: {Problem}")]
    private static partial void Trouble(ILogger logger, LogLevel level, string trial, string status, long update, string problem);

    private sealed class LoggedProgress(ILogger logger) : IProgress<TrialReport>
    {
        private readonly Dictionary<string, string> statuses = [];

        public void Report(TrialReport value)
        {
            var (id, now) = value;
            bool isNew;
            lock (statuses)
            {
                isNew = statuses.GetValueOrDefault(id) != now.Status;
                statuses[id] = now.Status;
            }
            var level = !isNew ? LogLevel.Debug : now.Status switch
            {
                TrialStatus.Failed => LogLevel.Error,
                TrialStatus.Diverged => LogLevel.Warning,
                _ => LogLevel.Information,
            };
            if (now.Message is { } problem)
                Trouble(logger, level, id, now.Status, now.Update, problem);
            else
                State(logger, level, id, now.Status, now.Update, now.ErrorText ?? "test error not measured yet");
        }
    }
}
