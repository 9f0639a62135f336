using System.Globalization;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Grids;

/// <summary>Successive halving over the trials of a study: <c>search: {method: halving, first: 300, factor: 3, survivors: 3, by:
/// validation-error}</c>.</summary>
/// <remarks>Every trial trains to the first rung; of each rung the best share continues to the next one, and the last survivors train to the end. Rungs
/// are numbers of updates, so a study that is made longer keeps those it has. Source: [Li2020].</remarks>
/// <param name="First">Updates of the first rung; each further one has <paramref name="Factor"/> times as many.</param>
/// <param name="Factor">The number of trials of which one continues from a rung.</param>
/// <param name="Survivors">The least number of trials that continue from a rung: between the last few, the order at a rung is mostly chance.</param>
/// <param name="By">What counts: <c>validation-error</c> or <c>validation-cost</c>.</param>
internal sealed record HalvingSearch(long First, int Factor, int Survivors, string By)
{
    /// <summary>True if the error counts, false if the cost does.</summary>
    public bool IsByError => By == ValidationMeasure.Error;

    /// <summary>Returns the settings as a study has them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{{method: halving, first: {First}, factor: {Factor}, survivors: {Survivors}, by: {By}}}");

    /// <summary>Returns the share of all updates, 0 to 1, that is trained if one in <see cref="Factor"/> trials continues from each rung.</summary>
    /// <param name="trials">How many trials begin.</param>
    /// <param name="updates">Updates of each that trains to its end.</param>
    public double ShareOf(int trials, long updates)
    {
        var (left, before, sum) = (trials, 0L, 0.0);
        foreach (var rung in RungsBelow(updates).Append(updates))
        {
            sum += (double)left * (rung - before);
            (left, before) = (Math.Min(left, Math.Max(Survivors, left / Factor)), rung);
        }
        return sum / ((double)trials * updates);
    }

    /// <summary>Returns the updates of every rung below the end of a trial, the first one first.</summary>
    /// <param name="updates">Updates of the longest trial.</param>
    public IReadOnlyList<long> RungsBelow(long updates)
    {
        var rungs = new List<long>();
        for (Int128 rung = First; rung < updates; rung *= Factor)
            rungs.Add((long)rung);
        return rungs;
    }
}
