using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Inputs or targets are NaN or infinite: whatever broke after them broke because of them.</summary>
internal static class DataNonFinite
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO112", "data-non-finite", FaultLabel.NonFinite)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Divergence is null && trial.Row(Quantity.Input) is null ? "the inputs were not recorded" : null,
        Mechanism = "One NaN among the examples makes the cost NaN, and the next update makes every weight NaN. No learning rate prevents that.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Divergence is { IsInData: true } broken)
            return new(Rule.Name, $"The data has a value that is not finite: {broken.Sentence}. {Search}",
                new Dictionary<string, double> { ["update"] = Math.Max(0, broken.Update) })
            { Confidence = 0.97, Layers = [broken.Quantity == Quantity.Input ? InputProbe.Layer : trial.Network.Depth + 1] };
        if (trial.Rows(Quantity.Input, InputProbe.Layer).FirstOrDefault(row => row.NonFinite > 0) is not { } row)
            return null;
        return new(Rule.Name, $"The data has values that are not finite: {Whole(row.NonFinite)} of {Whole(row.NonFinite + row.Count)} observed inputs are NaN "
            + $"or infinite at update {Whole(row.Update)}. Correct them, or leave their examples out. {Search}",
            new Dictionary<string, double> { ["update"] = row.Update, ["nonFinite"] = row.NonFinite })
        { Confidence = 0.97, Layers = [InputProbe.Layer] };
    }

    private const string Search = "In Python, numpy.argwhere(~numpy.isfinite(x)) lists all such places.";
}
