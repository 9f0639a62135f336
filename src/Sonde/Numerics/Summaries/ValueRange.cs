namespace Sonde.Numerics.Summaries;

/// <summary>An interval that bounds inputs or activations.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, above the lower one.</param>
public readonly record struct ValueRange(float Lower, float Upper)
{
    /// <summary>Upper minus Lower.</summary>
    public float Width => Upper - Lower;
}
