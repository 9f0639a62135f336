using Sonde.Data;
using Sonde.Networks;

namespace Sonde.Pretraining;

/// <summary>Trains the hidden layers of a network as denoising autoencoders, one at a time.</summary>
/// <remarks>A pretrainer owns its own copy of the parameters. The same calls give the same bits, whatever the number of threads.</remarks>
public interface IPretrainer : IDisposable
{
    /// <summary>Threads that work, from 1 to as many as the pretrainer was made with; more count as all of them. It may change between calls.</summary>
    int Threads
    {
        get => 1;
        set
        {
        }
    }

    /// <summary>Copies parameters in.</summary>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="decoderBiases">[fan-in] of each hidden layer, from the input.</param>
    void Load(Parameters parameters, IReadOnlyList<float[]> decoderBiases);

    /// <summary>Copies parameters out; the output layer's are as they came in.</summary>
    /// <param name="parameters">Arrays of the network's shape.</param>
    /// <param name="decoderBiases">[fan-in] of each hidden layer, from the input.</param>
    void Save(Parameters parameters, IReadOnlyList<float[]> decoderBiases);

    /// <summary>One update of a layer's weights, biases and decoder biases on one mini-batch.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="examples">Examples of the network's inputs; read by several threads at once.</param>
    /// <param name="first">Index of the mini-batch's first example; noise depends on it too.</param>
    /// <returns>Mean cost of reconstructing an example, before the update.</returns>
    double Update(int layer, ExampleStream examples, long first);

    /// <summary>Mean cost of reconstructing examples from corrupted ones; nothing moves.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="examples">Examples of the network's inputs; read by several threads at once.</param>
    /// <param name="first">Index of the first example; the noise is another than in training.</param>
    /// <param name="count">How many.</param>
    double Evaluate(int layer, ExampleStream examples, long first, int count);
}
