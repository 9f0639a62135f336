namespace Sonde.Interop.Watching;

/// <summary>Says what the curves of an observed training lack.</summary>
internal static class CurveNotes
{
    /// <summary>Lets a validation curve stand in for a missing test curve, and says what is missing.</summary>
    public static void Add(ObservedTraining training)
    {
        bool Has(string split) => training.Curve.Any(point => point.Split == split);
        if (!Has("test") && Has("validation"))
        {
            foreach (var point in training.Curve.Where(point => point.Split == "validation").ToList())
                training.Add(point with { Split = "test" });
            training.Note("Nothing is called test: the validation curve is taken for it.");
        }
        if (!Has("test"))
            training.Note($"{(training.Curve.Count == 0 ? "There is no curve" : "Only the training curve is recorded")}, so whether the network learns is "
                + "not judged. Log the error on held-out examples too.");
        else if (training.Curve.Where(point => point.Split == "test").ToList() is var test && test.Any(point => (point.Rmse ?? point.Mae) is not null)
            && !test.Any(point => double.IsFinite(point.Error)))
            training.Note("RMSE or MAE on held-out examples are recorded and no R², so whether the network learns is not judged. Log R² too, as val_r2.");
        else if (!training.Curve.Any(point => point.Split == "test" && double.IsFinite(point.Error)))
            training.Note($"Costs on held-out examples are recorded and no {(training.Facts.HasNumbers ? "R²" : "errors")}, so whether the network learns is "
                + $"not judged. Log {(training.Facts.HasNumbers ? "R²" : "errors or accuracies")} too.");
    }
}
