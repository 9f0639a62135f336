namespace Sonde.FaultBenchmark.Rivals;

/// <summary>Always says the same label: what a judge that looks at nothing gets.</summary>
internal sealed class Coin(string label) : IJudge
{
    /// <inheritdoc/>
    public string Name => $"always {label}";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial) => [new([label])];
}
