using Sonde.Analysis.Trials;
using Sonde.Networks;
using Sonde.Networks.Initializers;
using Sonde.Studies;

namespace Sonde.Paper.Models;

/// <summary>A model of the paper's Table 1.</summary>
/// <param name="Label">Its name in the table: <c>tanh N</c> for the normalized initialization.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Initializer">The initializer.</param>
internal sealed record PaperModel(string Label, Activation Activation, Initializer Initializer)
{
    /// <summary>Logistic sigmoid, standard initialization.</summary>
    public static PaperModel Sigmoid { get; } = new("sigmoid", Known("sigmoid"), new Standard());

    /// <summary>Tanh, standard initialization.</summary>
    public static PaperModel Tanh { get; } = new("tanh", Known("tanh"), new Standard());

    /// <summary>Tanh, normalized initialization.</summary>
    public static PaperModel TanhN { get; } = new("tanh N", Known("tanh"), new Normalized());

    /// <summary>Softsign, standard initialization.</summary>
    public static PaperModel Softsign { get; } = new("softsign", Known("softsign"), new Standard());

    /// <summary>Softsign, normalized initialization.</summary>
    public static PaperModel SoftsignN { get; } = new("softsign N", Known("softsign"), new Normalized());

    /// <summary>The five models, in the table's order.</summary>
    public static IReadOnlyList<PaperModel> All { get; } = [Softsign, SoftsignN, Tanh, TanhN, Sigmoid];

    /// <summary>Number of hidden layers; null for any.</summary>
    public int? Depth { get; init; }

    /// <summary>The model in headings: <c>tanh, standard initialization</c>.</summary>
    public string Words => $"{Activation.Name}, {Initializer.Name} initialization";

    /// <summary>The text of a panel that has no trial of this model.</summary>
    public string Missing => $"{Label} has not been trained yet";

    /// <summary>Returns the model with this number of hidden layers.</summary>
    public PaperModel WithDepth(int depth) => this with { Depth = depth };

    /// <summary>True if a trial with this setting belongs to the model.</summary>
    public bool IsOf(RecordedSetting setting) => setting.Activation?.Name == Activation.Name && setting.Initializer?.Name == Initializer.Name
        && setting.IsUniform && (Depth is null || setting.Hidden?.Count == Depth);

    /// <summary>Finds the first trials of this model that were not pre-trained; null if there are none.</summary>
    public ModelTrials? FindIn(IReadOnlyList<ModelTrials> models) => models.FirstOrDefault(model => model.Trials.Count > 0
        && model.Trials.All(trial => TrialFacts.Of(trial.Manifest) is { Begin: 0 } facts && IsOf(facts.Setting)));

    private static Activation Known(string name) => ActivationList.Find(name)!;
}
