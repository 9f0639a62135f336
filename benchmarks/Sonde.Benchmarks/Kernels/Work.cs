namespace Sonde.Benchmarks;

/// <summary>What one call of a benchmark does, to be held against the machine's limits.</summary>
/// <param name="Amount">How much, in the unit.</param>
/// <param name="Unit"><c>GFLOP</c>, <c>GB</c>, or what is made.</param>
internal sealed record Work(double Amount, string Unit)
{
    public static Work Flops(double flops) => new(1e-9 * flops, "GFLOP");

    public static Work Bytes(double bytes) => new(1e-9 * bytes, "GB");
}

/// <summary>A class of benchmarks that knows the work of each.</summary>
internal interface ICountedWork
{
    /// <summary>The work of one call, from the parameters alone: asked before anything is set up.</summary>
    /// <param name="benchmark">The name of the method.</param>
    Work WorkOf(string benchmark);
}
