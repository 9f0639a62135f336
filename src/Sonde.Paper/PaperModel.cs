namespace Sonde.Paper;

/// <summary>A model of the paper's Table 1.</summary>
/// <param name="Label">As the table writes it: <c>tanh N</c> for the normalized initialization.</param>
/// <param name="Activation">Name of the activation.</param>
/// <param name="Initializer">Name of the initializer.</param>
public sealed record PaperModel(string Label, string Activation, string Initializer)
{
    /// <summary>Logistic sigmoid, standard initialization.</summary>
    public static PaperModel Sigmoid { get; } = new("sigmoid", "sigmoid", "standard");

    /// <summary>Tanh, standard initialization.</summary>
    public static PaperModel Tanh { get; } = new("tanh", "tanh", "standard");

    /// <summary>Tanh, normalized initialization.</summary>
    public static PaperModel TanhN { get; } = new("tanh N", "tanh", "normalized");

    /// <summary>Softsign, standard initialization.</summary>
    public static PaperModel Softsign { get; } = new("softsign", "softsign", "standard");

    /// <summary>Softsign, normalized initialization.</summary>
    public static PaperModel SoftsignN { get; } = new("softsign N", "softsign", "normalized");

    /// <summary>The five, in the table's order.</summary>
    public static IReadOnlyList<PaperModel> All { get; } = [Softsign, SoftsignN, Tanh, TanhN, Sigmoid];
}
