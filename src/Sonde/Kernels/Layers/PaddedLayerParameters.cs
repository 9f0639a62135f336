using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Layers;

/// <summary>Weights and biases of a layer, and what an optimizer remembers of each, laid out for vector kernels.</summary>
/// <remarks>The number of rows is rounded up to whole blocks; padding of the weights is always 0. Between the halves that two threads own there is a gap.
/// Processors fetch rows past the last one that is read: without a gap a core took the first rows of the other half from the cache of the other core at each
/// pass, and that core had to take them back to move them.</remarks>
internal sealed unsafe class PaddedLayerParameters : IWeightRows, IDisposable
{
    // Rows that are never read or written: with 16, cores far apart still lost 2 % at width 1,000; 64 were no better.
    private const int GapRows = 32;

    private readonly PaddedMatrix[] weightMemory, biasMemory;
    private readonly PaddedMatrix weights;

    /// <summary>Reserves the memory.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="columnBlock">Columns that the kernels handle at once.</param>
    /// <param name="memories">How many things the optimizer remembers of each parameter.</param>
    public PaddedLayerParameters(int fanIn, int fanOut, int columnBlock, int memories)
    {
        (FanIn, FanOut, Half) = (fanIn, fanOut, RowShare.StartOf(RowShare.Ranges(fanIn) / 2, fanIn));
        weights = new(RowShare.Blocks(fanIn) * RowShare.Block + GapRows, fanOut, columnBlock);
        Biases = new(1, fanOut, columnBlock);
        weightMemory = [.. Enumerable.Range(0, memories).Select(_ => new PaddedMatrix(weights.Rows, fanOut, columnBlock))];
        biasMemory = [.. Enumerable.Range(0, memories).Select(_ => new PaddedMatrix(1, fanOut, columnBlock))];
    }

    /// <inheritdoc/>
    public int FanIn { get; }

    /// <inheritdoc/>
    public int FanOut { get; }

    /// <summary>The row that follows the gap: rows from it on are not side by side with those before it. A multiple of <see cref="RowShare.Block"/>.</summary>
    public int Half { get; }

    /// <summary>Floats between the rows of the weights, but for the gap.</summary>
    public int Stride => weights.Stride;

    /// <summary>Columns of the weights with their padding.</summary>
    public int PaddedColumns => weights.PaddedColumns;

    /// <summary>[1, fanOut].</summary>
    public PaddedMatrix Biases { get; }

    /// <summary>Copies parameters in.</summary>
    /// <param name="weights">[fanIn, fanOut], row major.</param>
    /// <param name="biases">[fanOut].</param>
    public void Load(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        Load(weights, this.weights);
        Biases.CopyFrom(biases);
    }

    /// <summary>Copies parameters out.</summary>
    /// <param name="weights">[fanIn, fanOut], row major; empty to leave them out.</param>
    /// <param name="biases">[fanOut]; empty to leave them out.</param>
    public void Save(Span<float> weights, Span<float> biases)
    {
        if (!weights.IsEmpty)
            Save(this.weights, weights);
        if (!biases.IsEmpty)
            Biases.CopyTo(biases);
    }

    /// <summary>Copies what the optimizer remembers in.</summary>
    /// <param name="index">0 for the first thing it remembers.</param>
    /// <param name="ofWeights">[fanIn, fanOut], row major.</param>
    /// <param name="ofBiases">[fanOut].</param>
    public void LoadMemory(int index, ReadOnlySpan<float> ofWeights, ReadOnlySpan<float> ofBiases)
    {
        Load(ofWeights, weightMemory[index]);
        biasMemory[index].CopyFrom(ofBiases);
    }

    /// <summary>Copies what the optimizer remembers out.</summary>
    public void SaveMemory(int index, Span<float> ofWeights, Span<float> ofBiases)
    {
        Save(weightMemory[index], ofWeights);
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
    public float* WeightsAt(int row, int column) => At(weights, row, column);

    /// <summary>Sets the padding of some rows of the weights to 0, all of them on one side of the gap.</summary>
    /// <inheritdoc cref="PaddedMatrix.ClearPadding"/>
    public void ClearPadding(int first, int end, int columns) => weights.ClearPadding(Place(first), Place(first) + end - first, columns);

    /// <inheritdoc/>
    public float* WeightsAt(int row, int column, out int columns)
    {
        columns = FanOut - column;
        return WeightsAt(row, column);
    }

    /// <inheritdoc/>
    public float* MemoryAt(int index, int row, int column) =>
        index < weightMemory.Length ? At(weightMemory[index], row, column) : null;

    /// <summary>Returns where the optimizer's memory of biases is; null if it remembers no such thing.</summary>
    public float* BiasMemoryAt(int index, int column) => index < biasMemory.Length ? biasMemory[index].Data + column : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[weights, Biases, .. weightMemory, .. biasMemory])
            matrix.Dispose();
    }

    private int Place(int row) => row < Half ? row : row + GapRows;

    private float* At(PaddedMatrix matrix, int row, int column) => matrix.Data + Place(row) * (nint)matrix.Stride + column;

    private void Load(ReadOnlySpan<float> from, PaddedMatrix into)
    {
        for (var row = 0; row < FanIn; row++)
            from.Slice(row * FanOut, FanOut).CopyTo(into.Row(Place(row)));
    }

    private void Save(PaddedMatrix from, Span<float> into)
    {
        for (var row = 0; row < FanIn; row++)
            from.Row(Place(row)).CopyTo(into.Slice(row * FanOut, FanOut));
    }
}
