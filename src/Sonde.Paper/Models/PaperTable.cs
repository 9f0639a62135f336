namespace Sonde.Paper.Models;

/// <summary>A cell of the paper's Table 1.</summary>
/// <param name="Error">Test error, in per cent.</param>
/// <param name="IsBold">True if the paper prints it in bold: statistically different, at p = 0.005, from those that are not.</param>
internal readonly record struct PaperCell(double Error, bool IsBold);

/// <summary>A column of the paper's Table 1.</summary>
/// <param name="Data">The dataset's name in the paper.</param>
/// <param name="Study">The built-in study of the same models on it.</param>
/// <param name="Tolerance">The largest difference, in points, that counts as the same error.</param>
/// <param name="Cells">In the order of <see cref="PaperModel.All"/>.</param>
internal sealed record PaperColumn(string Data, string Study, double Tolerance, IReadOnlyList<PaperCell> Cells)
{
    /// <summary>The pairs that the paper marks as different, the better model first.</summary>
    public IEnumerable<(PaperModel Better, PaperModel Worse)> Pairs =>
        from better in Enumerable.Range(0, Cells.Count)
        where Cells[better].IsBold
        from worse in Enumerable.Range(0, Cells.Count)
        where !Cells[worse].IsBold
        select (PaperModel.All[better], PaperModel.All[worse]);
}

/// <summary>The paper's Table 1: test error in per cent, five hidden layers.</summary>
internal static class PaperTable
{
    /// <summary>Its columns. The tolerances are three points on Shapeset, where the learning rate matters as much, and about two standard errors of the
    /// difference of two shares of 10,000 test examples on the others.</summary>
    public static IReadOnlyList<PaperColumn> Columns { get; } =
    [
        new("Shapeset-3x2", "paper/shapeset", 3, [new(16.27, true), new(16.06, true), new(27.15, false), new(15.60, true), new(82.61, false)]),
        new("MNIST", "paper/mnist", 0.3, [new(1.64, true), new(1.72, true), new(1.76, true), new(1.64, true), new(2.21, false)]),
        new("CIFAR-10", "paper/cifar10", 1.5, [new(55.78, false), new(53.8, true), new(55.9, false), new(52.92, true), new(57.28, false)]),
        new("Small-ImageNet", "paper/small-imagenet", 1.5, [new(69.14, true), new(68.13, true), new(70.58, false), new(68.57, true), new(70.66, false)]),
    ];
}
