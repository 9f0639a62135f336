namespace Sonde.Training;

/// <summary>One point of an error curve.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>. A train point is of the mini-batches since the point before, each seen before its
/// update; the others are of fixed examples under the parameters at this update.</param>
/// <param name="Cost">Mean cost of an example.</param>
/// <param name="Error">Per cent of examples misclassified.</param>
public sealed record CurvePoint(long Update, string Split, double Cost, double Error);
