namespace Sonde.Paper.Figures;

/// <summary>Sizes of the paper's figures, in pixels.</summary>
internal static class PaperLayout
{
    /// <summary>Width of a figure with one column of panels.</summary>
    public const int Width = 760;

    /// <summary>Height of each of two rows.</summary>
    public const int RowHeight = 300;
}
