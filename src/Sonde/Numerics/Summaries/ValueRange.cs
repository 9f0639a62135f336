namespace Sonde.Numerics.Summaries;

/// <summary>The interval that inputs or activations lie in.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, above the lower one.</param>
public readonly record struct ValueRange(float Lower, float Upper)
{
    /// <summary>From one end to the other.</summary>
    public float Width => Upper - Lower;
}
