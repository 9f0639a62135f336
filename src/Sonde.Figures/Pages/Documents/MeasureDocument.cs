using Sonde.Analysis.Contents;
using Sonde.Diagnosis;

namespace Sonde.Figures.Pages.Documents;

/// <summary>What readers see of errors, for the pages: documents hold errors in per cent as records do, and a page writes what the measure makes of
/// them.</summary>
internal static class MeasureDocument
{
    /// <summary>Writes a measure's name and unit, what readers see of an error of 0, and by how much a point of error changes that.</summary>
    public static void Write(DocumentWriter document, ErrorMeasure measure) => document.Object("measure", () =>
    {
        document.Text("name", measure.Name);
        document.Text("unit", measure.Unit);
        document.Number("zero", measure.Value(0));
        document.Number("point", measure.Difference(1));
    });

    /// <summary>Writes the least test error of some trials, and their measure.</summary>
    public static void WriteBest(DocumentWriter document, IReadOnlyList<FoundTrial> trials)
    {
        var errors = trials.Select(trial => trial.Manifest?.Result?.TestError).Where(error => error is { } known && double.IsFinite(known));
        document.Number("bestTestError", errors.Min());
        Write(document, trials.SharedMeasure());
    }
}
