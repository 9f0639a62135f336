using Sonde.Data;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Engines;

/// <summary>Trains one network: parameters and optimizer state in and out, updates, and observations of batches with or without an update.</summary>
/// <remarks>An engine owns its own copy of the parameters in whatever layout it likes. The same calls give the same bits, whatever the number of
/// threads, and an observation never changes what is computed.</remarks>
public interface IEngine : IDisposable
{
    /// <summary>The network it trains.</summary>
    Network Network { get; }

    /// <summary>Examples per update.</summary>
    int Batch { get; }

    /// <summary>The kernels in use, such as <c>vector256</c>: a checkpoint records it, because another one may round differently.</summary>
    string Kernels { get; }

    /// <summary>Arrays for what its optimizer remembers, all 0: where training starts.</summary>
    OptimizerState NewState();

    /// <summary>Copies parameters in, and what the optimizer knows of them.</summary>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="state">Null to start anew.</param>
    /// <exception cref="ArgumentException">The state is another optimizer's.</exception>
    void Load(Parameters parameters, OptimizerState? state = null);

    /// <summary>Copies parameters out, and what the optimizer knows of them.</summary>
    /// <param name="parameters">Arrays of the network's shape.</param>
    /// <param name="state">Made by <see cref="NewState"/>; null to leave it out.</param>
    void Save(Parameters parameters, OptimizerState? state = null);

    /// <summary>One update of all parameters on one mini-batch.</summary>
    /// <param name="inputs">[Batch, network inputs], row major.</param>
    /// <param name="labels">[Batch].</param>
    /// <param name="observation">What to keep of this very update; null to keep nothing and pay nothing. An engine may summarize what is as large as the
    /// weights from a sample, see <see cref="LayerObservation.WeightGradient"/>.</param>
    /// <returns>Mean cost and number of misclassified examples of the batch, before the update.</returns>
    BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null);

    /// <summary>One update on the mini-batch that starts at an example of a stream. The engine reads it, so that all its threads can share the work.</summary>
    /// <param name="examples">Examples of the network's inputs and classes; read by several threads at once.</param>
    /// <param name="first">Index of the mini-batch's first example.</param>
    /// <param name="observation">What to keep of this very update; null to keep nothing and pay nothing.</param>
    /// <returns>Mean cost and number of misclassified examples of the batch, before the update.</returns>
    /// <remarks>What the stream throws reaches the caller, and no parameter has moved then.</remarks>
    BatchResult Update(ExampleStream examples, long first, Observation? observation = null);

    /// <summary>Looks at any number of examples without changing a parameter.</summary>
    /// <param name="inputs">[examples, network inputs], row major.</param>
    /// <param name="labels">[examples].</param>
    /// <param name="observation">Says what is needed and receives it. Weight gradients are of consecutive mini-batches of <see cref="Batch"/>
    /// examples (a last incomplete one is left out), pooled.</param>
    /// <returns>Mean cost and number of misclassified examples.</returns>
    BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation);
}

/// <summary>What a forward pass says of a batch.</summary>
/// <param name="Cost">Mean cost of its examples.</param>
/// <param name="Misclassified">How many examples have another most probable class than their label.</param>
public readonly record struct BatchResult(double Cost, int Misclassified);
