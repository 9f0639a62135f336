using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Layers;

/// <summary>Weights and biases of a layer, and what an optimizer remembers of each, laid out for vector kernels.</summary>
/// <remarks>The number of rows is rounded up to whole blocks; padding of the weights is always 0.</remarks>
internal sealed unsafe class PaddedLayerParameters : IWeightRows, IDisposable
{
    private readonly PaddedMatrix[] weightMemory, biasMemory;

    /// <summary>Reserves the memory.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="columnBlock">Columns that the kernels handle at once.</param>
    /// <param name="memories">How many things the optimizer remembers of each parameter.</param>
    public PaddedLayerParameters(int fanIn, int fanOut, int columnBlock, int memories)
    {
        (FanIn, FanOut) = (fanIn, fanOut);
        Weights = new(RowShare.Blocks(fanIn) * RowShare.Block, fanOut, columnBlock);
        Biases = new(1, fanOut, columnBlock);
        weightMemory = [.. Enumerable.Range(0, memories).Select(_ => new PaddedMatrix(Weights.Rows, fanOut, columnBlock))];
        biasMemory = [.. Enumerable.Range(0, memories).Select(_ => new PaddedMatrix(1, fanOut, columnBlock))];
    }

    /// <inheritdoc/>
    public int FanIn { get; }

    /// <inheritdoc/>
    public int FanOut { get; }

    /// <summary>[fanIn, fanOut].</summary>
    public PaddedMatrix Weights { get; }

    /// <summary>[1, fanOut].</summary>
    public PaddedMatrix Biases { get; }

    /// <summary>Copies parameters in.</summary>
    /// <param name="weights">[fanIn, fanOut], row major.</param>
    /// <param name="biases">[fanOut].</param>
    public void Load(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        Weights.CopyFrom(weights);
        Biases.CopyFrom(biases);
    }

    /// <summary>Copies parameters out.</summary>
    /// <param name="weights">[fanIn, fanOut], row major; empty to leave them out.</param>
    /// <param name="biases">[fanOut]; empty to leave them out.</param>
    public void Save(Span<float> weights, Span<float> biases)
    {
        if (!weights.IsEmpty)
            Weights.CopyTo(weights);
        if (!biases.IsEmpty)
            Biases.CopyTo(biases);
    }

    /// <summary>Copies what the optimizer remembers in.</summary>
    /// <param name="index">0 for the first thing it remembers.</param>
    /// <param name="ofWeights">[fanIn, fanOut], row major.</param>
    /// <param name="ofBiases">[fanOut].</param>
    public void LoadMemory(int index, ReadOnlySpan<float> ofWeights, ReadOnlySpan<float> ofBiases)
    {
        weightMemory[index].CopyFrom(ofWeights);
        biasMemory[index].CopyFrom(ofBiases);
    }

    /// <summary>Copies what the optimizer remembers out.</summary>
    public void SaveMemory(int index, Span<float> ofWeights, Span<float> ofBiases)
    {
        weightMemory[index].CopyTo(ofWeights);
        biasMemory[index].CopyTo(ofBiases);
    }

    /// <summary>Returns where weights are, and what is remembered of them.</summary>
    /// <param name="row">0 to the last row, padding included.</param>
    /// <param name="column">The first of them.</param>
    /// <param name="ahead">Floats from here to those that are needed next, so that they are fetched in time; 0 to fetch nothing.</param>
    public ParameterPlace PlaceOfWeights(int row, int column, nint ahead) =>
        new(WeightsAt(row, column), MemoryAt(0, row, column), MemoryAt(1, row, column), ahead);

    /// <summary>Returns where biases are, and what is remembered of them.</summary>
    public ParameterPlace PlaceOfBiases(int column) => new(Biases.Data + column, BiasMemoryAt(0, column), BiasMemoryAt(1, column));

    /// <summary>Returns where W[row, column] is.</summary>
    public float* WeightsAt(int row, int column) => Weights.Data + row * (nint)Weights.Stride + column;

    /// <inheritdoc/>
    public float* WeightsAt(int row, int column, out int columns)
    {
        columns = FanOut - column;
        return WeightsAt(row, column);
    }

    /// <inheritdoc/>
    public float* MemoryAt(int index, int row, int column) =>
        index < weightMemory.Length ? weightMemory[index].Data + row * (nint)Weights.Stride + column : null;

    /// <summary>Returns where the optimizer's memory of biases is; null if it remembers no such thing.</summary>
    public float* BiasMemoryAt(int index, int column) => index < biasMemory.Length ? biasMemory[index].Data + column : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[Weights, Biases, .. weightMemory, .. biasMemory])
            matrix.Dispose();
    }
}
