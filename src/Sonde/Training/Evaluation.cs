namespace Sonde.Training;

/// <summary>How well a trained network does on examples.</summary>
/// <param name="Examples">How many examples.</param>
/// <param name="Cost">Mean cost per example.</param>
/// <param name="Error">Per cent of examples misclassified, or as <see cref="CurvePoint"/> says for other answers than classes.</param>
public sealed record Evaluation(int Examples, double Cost, double Error)
{
    /// <inheritdoc cref="CurvePoint.Rmse"/>
    public double? Rmse { get; init; }

    /// <inheritdoc cref="CurvePoint.Mae"/>
    public double? Mae { get; init; }
}
