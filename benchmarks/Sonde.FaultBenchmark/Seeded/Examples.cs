namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Inputs and targets of some examples, in the same order.</summary>
/// <param name="Inputs">[examples, columns].</param>
/// <param name="Targets">[examples, outputs]: numbers, or the class in one column.</param>
internal sealed record Examples(CaseArray Inputs, CaseArray Targets)
{
    /// <summary>The number of examples.</summary>
    public int Count => Inputs.Rows;

    /// <summary>Returns some of the examples, in the order given.</summary>
    public Examples Select(IReadOnlyList<int> rows) => new(Inputs.Select(rows), Targets.Select(rows));
}

/// <summary>A data set of the benchmark: what trains, and what is tested.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples.</param>
/// <param name="Classes">The number of classes; 0 if targets are numbers.</param>
/// <param name="AreLabels">True if targets are answers of yes (1) or no (0).</param>
internal sealed record SeededData(Examples Train, Examples Test, int Classes, bool AreLabels = false)
{
    /// <summary>Returns the data with the inputs of both parts changed.</summary>
    public SeededData MapInputs(Func<float, int, float> change) => this with
    {
        Train = Train with { Inputs = Train.Inputs.Map(change) },
        Test = Test with { Inputs = Test.Inputs.Map(change) },
    };

    /// <summary>Returns the data with the targets of both parts changed.</summary>
    public SeededData MapTargets(Func<float, int, float> change) => this with
    {
        Train = Train with { Targets = Train.Targets.Map(change) },
        Test = Test with { Targets = Test.Targets.Map(change) },
    };
}
