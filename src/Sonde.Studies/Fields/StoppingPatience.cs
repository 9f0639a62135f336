using System.Globalization;

namespace Sonde.Studies.Fields;

/// <summary>How long a trial may go without a new best before it ends: <c>stop: {patience: 5 validation-cost after 1000}</c>.</summary>
/// <param name="Evaluations">The number of evaluations in a row without a new best that ends the trial.</param>
/// <param name="By">What counts: <c>validation-error</c> or <c>validation-cost</c>.</param>
/// <param name="After">No trial ends before this update.</param>
internal sealed record StoppingPatience(int Evaluations, string By, long After)
{
    /// <summary>True if the error counts, false if the cost does.</summary>
    public bool IsByError => By == ValidationMeasure.Error;

    /// <summary>Returns the text as a study has it, in its shortest form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Evaluations}{(IsByError ? "" : $" {By}")}{(After > 0 ? $" after {After}" : "")}");
}
