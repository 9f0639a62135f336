namespace Sonde.Baselines;

/// <summary>The result for two classes.</summary>
/// <param name="First">The class above 0.</param>
/// <param name="Second">The class below 0.</param>
/// <param name="Bias">b of the decision.</param>
/// <param name="Objective"><c>1/2 beta K beta - sum |beta|</c>, the least that was found.</param>
/// <param name="SupportVectors">Coefficients that are not 0.</param>
/// <param name="Violation">How far the worst pair of coefficients is from the conditions of the optimum; below the tolerance.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="RowsComputed">Rows of the kernel matrix computed, those completed included.</param>
public sealed record TwoClassMachine(int First, int Second, double Bias, double Objective, int SupportVectors, double Violation, long Steps, long RowsComputed);
