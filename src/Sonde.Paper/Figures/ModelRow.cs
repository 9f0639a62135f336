using Sonde.Analysis.Trials;
using Sonde.Records.Trials;

namespace Sonde.Paper.Figures;

/// <summary>The model that a row of a figure is about.</summary>
/// <param name="Activation">Name of the activation.</param>
/// <param name="Initializer">Name of the initializer.</param>
internal sealed record ModelRow(string Activation, string Initializer)
{
    /// <summary>In headings: "tanh, standard initialization".</summary>
    public string Words => $"{Activation}, {Initializer} initialization";

    /// <summary>What the panel says where there is no such model.</summary>
    public string Missing => $"no trial of {Words} was given";

    /// <summary>The first model of this model that has trials, none of them pre-trained; null where there is none.</summary>
    public ModelTrials? FindIn(IReadOnlyList<ModelTrials> models) => models.FirstOrDefault(model => model.Trials.Count > 0 && model.Trials.All(IsOfThis));

    private bool IsOfThis(RecordedTrial trial) =>
        TrialFacts.Of(trial.Manifest) is var facts && facts.Activation == Activation && facts.Initializer == Initializer && facts.Begin == 0;
}
