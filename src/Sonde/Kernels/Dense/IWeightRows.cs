namespace Sonde.Kernels.Dense;

/// <summary>The weights of a layer, however they lie in memory.</summary>
internal unsafe interface IWeightRows
{
    /// <summary>Rows of W.</summary>
    int FanIn { get; }

    /// <summary>Columns of W.</summary>
    int FanOut { get; }

    /// <summary>Where W[row, column] is.</summary>
    /// <param name="row">0 to FanIn - 1.</param>
    /// <param name="column">0 to FanOut - 1, a multiple of 32.</param>
    /// <param name="columns">How many weights of the row lie there side by side: at least 32, or all that are left.</param>
    float* WeightsAt(int row, int column, out int columns);

    /// <summary>Where what the optimizer remembers of the same weights is, side by side likewise; null where it remembers no such thing.</summary>
    /// <param name="index">0 for the first thing it remembers.</param>
    /// <param name="row">0 to FanIn - 1.</param>
    /// <param name="column">0 to FanOut - 1, a multiple of 32.</param>
    float* MemoryAt(int index, int row, int column);
}
