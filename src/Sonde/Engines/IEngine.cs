using Sonde.Data;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Engines;

/// <summary>Trains one network: parameters and optimizer state in and out, updates, and observations of batches with or without an update.</summary>
/// <remarks>An engine owns its own copy of the parameters in whatever layout it likes. The same calls give the same bits for any number of
/// threads, and an observation never changes what is computed. NaN and infinities among inputs or parameters pass through as the arithmetic says.
/// Engines that <see cref="Engine"/> makes serve one call at a time: a second caller gets an <see cref="InvalidOperationException"/> at once.</remarks>
public interface IEngine : IDisposable
{
    /// <summary>The network it trains.</summary>
    Network Network { get; }

    /// <summary>Examples per update.</summary>
    int Batch { get; }

    /// <summary>The kernels in use, such as <c>vector256</c>: a checkpoint records it, because another one may round differently.</summary>
    string Kernels { get; }

    /// <summary>Threads that work, from 1 to as many as the engine was made with; more count as all of them. It may change between calls: results do not
    /// depend on it. An engine that knows one thread only has always 1.</summary>
    int Threads
    {
        get => 1;
        set
        {
        }
    }

    /// <summary>Makes arrays for what its optimizer remembers, all 0 as at the start of training.</summary>
    OptimizerState NewState();

    /// <summary>Copies parameters in, and the optimizer's state.</summary>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="state">Null to start with an empty memory and no updates taken.</param>
    /// <exception cref="ArgumentException">The state is another optimizer's.</exception>
    void Load(Parameters parameters, OptimizerState? state = null);

    /// <summary>Copies parameters out, and the optimizer's state.</summary>
    /// <param name="parameters">Arrays of the network's shape.</param>
    /// <param name="state">Made by <see cref="NewState"/>; null to leave it out.</param>
    void Save(Parameters parameters, OptimizerState? state = null);

    /// <summary>Updates all parameters on one mini-batch. Parameters must have been loaded.</summary>
    /// <param name="inputs">[examples, network inputs], row major.</param>
    /// <param name="labels">[examples], at most <see cref="Batch"/>; the cost is their mean.</param>
    /// <param name="observation">Receives what it needs of this update; null costs nothing. An engine may summarize quantities as large as the
    /// weights from a sample, see <see cref="LayerObservation.WeightGradient"/>.</param>
    /// <returns>Mean cost and number of misclassified examples of the batch, before the update.</returns>
    BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null);

    /// <summary>Updates all parameters on the mini-batch that starts at an example of a stream. The engine reads it, so that all its threads share the
    /// work.</summary>
    /// <param name="examples">Examples of the network's inputs and classes; read by several threads at once.</param>
    /// <param name="first">Index of the mini-batch's first example.</param>
    /// <param name="observation">Receives what it needs of this update; null costs nothing.</param>
    /// <returns>Mean cost and number of misclassified examples of the batch, before the update.</returns>
    /// <remarks>The caller gets an exception that the stream throws; no parameter has moved in that case.</remarks>
    BatchResult Update(ExampleStream examples, long first, Observation? observation = null);

    /// <summary>Observes any number of examples without changing a parameter.</summary>
    /// <param name="inputs">[examples, network inputs], row major.</param>
    /// <param name="labels">[examples].</param>
    /// <param name="observation">Says what it needs and receives it. Weight gradients are of consecutive mini-batches of <see cref="Batch"/>
    /// examples (a last incomplete one is left out), pooled.</param>
    /// <returns>Mean cost and number of misclassified examples.</returns>
    BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation);

    /// <summary>Observes consecutive examples of a stream. An engine may read them itself, so that all its threads share the work.</summary>
    /// <param name="examples">Examples of the network's inputs and classes; may be read by several threads at once.</param>
    /// <param name="first">Index of the first example.</param>
    /// <param name="count">How many examples, 1 or more.</param>
    /// <param name="observation">Says what it needs and receives it.</param>
    /// <returns>The same as for the examples' values.</returns>
    BatchResult Observe(ExampleStream examples, long first, int count, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var (inputs, labels) = examples.Read(first, count);
        return Observe(inputs, labels, observation);
    }
}

/// <summary>The result of a forward pass.</summary>
/// <param name="Cost">Mean cost of its examples.</param>
/// <param name="Misclassified">How many examples have a most probable class other than their label.</param>
public readonly record struct BatchResult(double Cost, int Misclassified)
{
    /// <summary>How wrong the outputs are, summed over examples: <see cref="Misclassified"/> if the network chooses classes, else the number of outputs on the
    /// wrong side, or the squared error.</summary>
    public double Deviation { get; init; } = Misclassified;

    /// <summary>The absolute error of outputs, summed over outputs and examples, if targets are numbers; else 0.</summary>
    public double AbsoluteDeviation { get; init; }
}
