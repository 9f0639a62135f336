using Sonde.Studies.Fields;

namespace Sonde.Analysis.Selecting;

/// <summary>Short names for tasks and models: what they always say, then what else differs among them.</summary>
internal sealed class PlaceNames(IReadOnlyList<TrialPlace> places)
{
    private readonly IReadOnlyList<string> varyingInTasks = Varying([.. places.Select(place => place.Task)], FieldList.Data);
    private readonly IReadOnlyList<string> varyingInModels = Varying([.. places.Select(place => place.Model)], FieldList.Activation, FieldList.Init);

    /// <summary>The dataset: <c>shapeset</c>, or <c>shapeset side 64</c> where there are others.</summary>
    public string Task(TrialPlace place) => Name(place.Task, [FieldList.Data], varyingInTasks);

    /// <summary>The model: <c>tanh normalized</c>, or <c>tanh normalized cost quadratic</c> where there are other costs.</summary>
    public string Model(TrialPlace place) => Name(place.Model, [FieldList.Activation, FieldList.Init], varyingInModels);

    private static string Name(IReadOnlyDictionary<string, string> settings, IEnumerable<string> always, IEnumerable<string> varying) => string.Join(' ',
        always.Select(key => settings.GetValueOrDefault(key, "?"))
            .Concat(varying.Where(settings.ContainsKey).Select(key => $"{Short(key)} {settings[key]}")));

    /// <summary>The last part of a path, unless an earlier field has the same: <c>cost</c>, but <c>pretraining.cost</c>.</summary>
    private static string Short(string key)
    {
        var leaf = key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return FieldList.All.FirstOrDefault(field => field.Leaf == leaf) is { } first && first.Path != key ? key : leaf;
    }

    private static IReadOnlyList<string> Varying(IReadOnlyList<IReadOnlyDictionary<string, string>> settings, params string[] named) =>
        [.. settings.SelectMany(s => s.Keys).Distinct().Except(named).Where(key => settings.Select(s => s.GetValueOrDefault(key)).Distinct().Count() > 1)];
}
