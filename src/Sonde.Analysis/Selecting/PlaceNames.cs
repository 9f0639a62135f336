using Sonde.Studies;

namespace Sonde.Analysis.Selecting;

/// <summary>Names tasks and models briefly: the settings that always show, then those that differ among them.</summary>
internal sealed class PlaceNames(IReadOnlyList<TrialPlace> places)
{
    private static readonly string[] NamesTask = [SettingField.Data.Key];
    private static readonly string[] NamesModel = [SettingField.Activation.Key, SettingField.Initializer.Key];

    private readonly IReadOnlyList<string> varyingInTasks = Varying([.. places.Select(place => place.Task)], NamesTask);
    private readonly IReadOnlyList<string> varyingInModels = Varying([.. places.Select(place => place.Model)], NamesModel);

    /// <summary>The dataset: <c>shapeset</c>, or <c>shapeset side 64</c> if the study has other sides.</summary>
    public string Task(TrialPlace place) => Name(place.Task, NamesTask, varyingInTasks);

    /// <summary>The model: <c>tanh normalized</c>, or <c>tanh normalized cost quadratic</c> if the study has other costs.</summary>
    public string Model(TrialPlace place) => place.Name ?? Name(place.Model, NamesModel, varyingInModels);

    private static string Name(IReadOnlyDictionary<string, string> settings, IEnumerable<string> always, IEnumerable<string> varying) => string.Join(' ',
        always.Select(key => settings.GetValueOrDefault(key, "?"))
            .Concat(varying.Where(settings.ContainsKey).Select(key => $"{SettingField.ShortName(key)} {settings[key]}")));

    private static IReadOnlyList<string> Varying(IReadOnlyList<IReadOnlyDictionary<string, string>> settings, params string[] named) =>
        [.. settings.SelectMany(s => s.Keys).Distinct().Except(named).Where(key => settings.Select(s => s.GetValueOrDefault(key)).Distinct().Count() > 1)];
}
