using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>A stretch of a trial whose updates are all of one kind.</summary>
internal abstract class Phase : IDisposable
{
    /// <summary>Updates done at its end.</summary>
    public abstract long End { get; }

    /// <summary>Decoder biases if the phase trains any: they belong to what has to be saved.</summary>
    public virtual IReadOnlyList<float[]>? DecoderBiases => null;

    /// <summary>Copies parameters in, and what belongs to them.</summary>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="from">The checkpoint they come from; null at the beginning.</param>
    public abstract void Load(Parameters parameters, Checkpoint? from);

    /// <summary>Copies parameters out, and <see cref="DecoderBiases"/>.</summary>
    /// <param name="parameters">Arrays of the network's shape.</param>
    /// <param name="state">What the optimizer remembers; null to leave it out.</param>
    public abstract void Save(Parameters parameters, OptimizerState? state = null);

    /// <summary>Copies the parameters into the engine that observers see.</summary>
    public abstract void LoadObservedEngine();

    /// <summary>Does one update.</summary>
    /// <param name="update">Updates done before it.</param>
    public abstract BatchResult Update(long update);

    /// <summary>Records costs and errors if they are due.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="tally">Of the updates since the last evaluation.</param>
    /// <returns>True if it did, so the tally starts again.</returns>
    public abstract bool Evaluate(long update, TrainingTally tally);

    /// <summary>Finds the first of what <see cref="Save"/> gave that is not finite; null if all is finite.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="parameters">As saved.</param>
    /// <param name="state">As saved.</param>
    public abstract Divergence? FindDivergence(long update, Parameters parameters, OptimizerState state);

    /// <summary>Returns what went wrong in an update whose cost is not finite.</summary>
    /// <param name="update">Updates done before it.</param>
    /// <param name="parameters">Arrays of the network's shape to work with.</param>
    public abstract Divergence ExplainDivergence(long update, Parameters parameters);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
