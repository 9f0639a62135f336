using Sonde.Records.Files;
using Sonde.Records.Trials;

namespace Sonde.Records.Indexes;

/// <summary>A row of <see cref="TrialIndex"/>: what <c>trial.json</c> said when it had a stamp, or a trial that had not begun.</summary>
/// <param name="Id">The trial.</param>
/// <param name="Setting">Its setting.</param>
/// <param name="Stamp">That of <c>trial.json</c>.</param>
/// <param name="Manifest">The content of <c>trial.json</c>; null if the trial had not begun.</param>
internal sealed record IndexedTrial(string Id, IReadOnlyDictionary<string, string> Setting, FileStamp Stamp, TrialManifest? Manifest);
