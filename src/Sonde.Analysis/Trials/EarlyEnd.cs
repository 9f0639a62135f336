using System.Globalization;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Trials;

/// <summary>Says of a done trial that it ended before its last update.</summary>
internal static class EarlyEnd
{
    /// <summary>Returns the status, or why a done trial ended early: <c>stopped at rung 2</c>, <c>stopped by patience</c>.</summary>
    public static string OutcomeOf(TrialManifest? manifest, string status) => status != TrialStatus.Done ? status : manifest?.Stop switch
    {
        { Reason: TrialStop.Rung, AtRung: var rung } => $"stopped at rung {rung}",
        { Reason: TrialStop.Patience } => "stopped by patience",
        { Reason: TrialStop.Finding, Id: var id } => $"stopped by {id}",
        _ => status,
    };

    /// <summary>True if a search ended a trial because others were better. Its errors are those of a shorter training, so they are compared with
    /// none.</summary>
    public static bool IsCutShort(TrialManifest? manifest) => manifest is { Status: TrialStatus.Done, Stop.Reason: TrialStop.Rung };

    /// <summary>Returns why a search ended a trial, in a few words: <c>stopped at rung 1 of 3 (60.5 %, number 7 of 9)</c>.</summary>
    public static string WordsOf(TrialStop stop) => string.Create(CultureInfo.InvariantCulture,
        $"stopped at rung {stop.AtRung} of {stop.Rungs} ({stop.By} {stop.Value:0.0###}, number {stop.Place} of {stop.Among})");
}
