namespace Sonde.Networks.Outputs;

/// <summary>An activation of each unit by itself, such as linear or sigmoid.</summary>
/// <param name="activation">The activation.</param>
internal sealed class UnitOutput(Activation activation) : Output
{
    /// <inheritdoc/>
    public override string Name => activation.Name;

    /// <inheritdoc/>
    public override Activation? Activation => activation;

    /// <inheritdoc/>
    internal override void Apply<T>(ReadOnlySpan<T> s, Span<T> outputs) => activation.Apply(s, outputs);

    /// <inheritdoc/>
    internal override void Differentiate<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        activation.Differentiate(s, outputs, gradient);

    /// <inheritdoc/>
    internal override void DifferentiateTwice<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> curvature)
    {
        activation.Differentiate(s, outputs, curvature);
        activation.Differentiate(s, outputs, curvature);
    }
}
