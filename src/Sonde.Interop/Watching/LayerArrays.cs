namespace Sonde.Interop.Watching;

/// <summary>What one layer held at one update. Leave out what you do not have: its statistics are then left out too.</summary>
public sealed record LayerArrays
{
    /// <summary>s, [rows, units], row major; a row is an example, or a position of one.</summary>
    public float[]? Preactivation { get; init; }

    /// <summary>z, [rows, units]; left out, it is computed from s if the activation is one that Sonde knows.</summary>
    public float[]? Activation { get; init; }

    /// <summary>dCost/ds of the cost of one example, [rows, units]. If your loss is the mean over a batch, multiply its gradient by the batch's size.</summary>
    public float[]? PreactivationGradient { get; init; }

    /// <summary>W before the update, in any order.</summary>
    public float[]? Weight { get; init; }

    /// <summary>dCost/dW, averaged over the batch, in any order.</summary>
    public float[]? WeightGradient { get; init; }

    /// <summary>W after the update minus W before it, in any order.</summary>
    public float[]? WeightUpdate { get; init; }

    /// <summary>b before the update, [units].</summary>
    public float[]? Bias { get; init; }
}
