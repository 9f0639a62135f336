using Sonde.Figures.Drawing;
using Sonde.Paper.Models;

namespace Sonde.Paper.Figures;

/// <summary>A figure of the paper, or one that the paper describes in words, drawn from records in the paper's layout.</summary>
internal abstract class PaperFigure
{
    /// <summary>File-name stem and anchor: <c>figure-3</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Heading.</summary>
    public abstract string Title { get; }

    /// <summary>The caption: what the figure shows, and how it differs from the paper's if it does.</summary>
    public abstract string Explanation { get; }

    /// <summary>Draws the figure. A panel without data says so.</summary>
    /// <param name="models">The models, in any order; the figure picks those it shows.</param>
    public abstract FigureFile Draw(IReadOnlyList<ModelTrials> models);
}
