using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>A stretch of a trial whose updates are all of one kind.</summary>
internal abstract class Phase : IDisposable
{
    /// <summary>Updates done when it is over.</summary>
    public abstract long End { get; }

    /// <summary>Decoder biases where the phase trains any: they belong to what has to be saved.</summary>
    public virtual IReadOnlyList<float[]>? DecoderBiases => null;

    /// <summary>Takes up parameters, and what belongs to them.</summary>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="from">The checkpoint they are of; null at the beginning.</param>
    public abstract void Load(Parameters parameters, Checkpoint? from);

    /// <summary>Copies parameters out, and <see cref="DecoderBiases"/>.</summary>
    /// <param name="parameters">Arrays of the network's shape.</param>
    /// <param name="state">What the optimizer remembers; null to leave it out.</param>
    public abstract void Save(Parameters parameters, OptimizerState? state = null);

    /// <summary>Makes the engine that observers look at hold the parameters.</summary>
    public abstract void Show();

    /// <summary>One update.</summary>
    /// <param name="update">Updates done before it.</param>
    public abstract BatchResult Update(long update);

    /// <summary>Records costs and errors if they are due.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="tally">Of the updates since the last evaluation.</param>
    /// <returns>True where it did, and the tally starts again.</returns>
    public abstract bool Evaluate(long update, TrainingTally tally);

    /// <summary>The first of what <see cref="Save"/> gave that is not finite, in words; null where all is.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="parameters">As saved.</param>
    /// <param name="state">As saved.</param>
    public abstract string? FindDivergence(long update, Parameters parameters, OptimizerState state);

    /// <summary>Says what went wrong in an update whose cost is not finite.</summary>
    /// <param name="update">Updates done before it.</param>
    /// <param name="parameters">Arrays of the network's shape to work with.</param>
    public abstract string Describe(long update, Parameters parameters);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
