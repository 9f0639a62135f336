namespace Sonde.Kernels.Dense;

/// <summary>The weights of a layer, in any layout.</summary>
internal unsafe interface IWeightRows
{
    /// <summary>Rows of W.</summary>
    int FanIn { get; }

    /// <summary>Columns of W.</summary>
    int FanOut { get; }

    /// <summary>Returns where W[row, column] is.</summary>
    /// <param name="row">0 to FanIn - 1.</param>
    /// <param name="column">0 to FanOut - 1, a multiple of 32.</param>
    /// <param name="columns">How many weights of the row are there side by side: at least 32, or all that are left.</param>
    float* WeightsAt(int row, int column, out int columns);

    /// <summary>Returns where the optimizer's memory of the same weights is, with as many side by side; null if it remembers no such thing.</summary>
    /// <param name="index">0 for the first thing it remembers.</param>
    /// <param name="row">0 to FanIn - 1.</param>
    /// <param name="column">0 to FanOut - 1, a multiple of 32.</param>
    float* MemoryAt(int index, int row, int column);
}
