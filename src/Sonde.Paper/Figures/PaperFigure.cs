using Sonde.Figures.Drawing;

namespace Sonde.Paper.Figures;

/// <summary>A figure of the paper, or one that the paper describes in words, drawn from records in the paper's layout.</summary>
public abstract class PaperFigure
{
    /// <summary>File-name stem and anchor: <c>figure-3</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Heading.</summary>
    public abstract string Title { get; }

    /// <summary>What is seen, and how the drawing differs from the paper's where it does.</summary>
    public abstract string Explanation { get; }

    /// <summary>Draws it. Where a row, a panel or all of it has no data, the figure says so in that place.</summary>
    /// <param name="models">The models, in any order: a figure takes those that it shows.</param>
    public abstract FigureFile Draw(IReadOnlyList<ModelTrials> models);
}
