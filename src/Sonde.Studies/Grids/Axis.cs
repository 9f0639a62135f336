using Sonde.Studies.Fields;

namespace Sonde.Studies.Grids;

/// <summary>One direction of a grid: a field and its values, or the fields of a zip, which take their values together.</summary>
/// <param name="Fields">The fields, in their order.</param>
/// <param name="Steps">Each step's values, one for each field.</param>
internal sealed record Axis(IReadOnlyList<Field> Fields, IReadOnlyList<IReadOnlyList<string>> Steps)
{
    /// <summary>The directions of a grid in the order of its fields, the last one fastest; a zip has the place of its first field.</summary>
    public static IReadOnlyList<Axis> FromSettings(GivenSettings settings)
    {
        var groups = settings.Fields.Select(field => new Dictionary<string, Given> { [field.Key] = field.Value })
            .Concat(settings.Zip.Select(group => group.Fields));
        return [.. groups.Select(FromGroup).OrderBy(axis => FieldList.Rank(axis.Fields[0]))];
    }

    /// <summary>How many points a grid has, without building one.</summary>
    public static double CountPoints(GivenSettings settings) => settings.Fields.Values.Select(given => (double)given.Texts.Count)
        .Concat(settings.Zip.Select(group => (double)CountSteps(group.Fields))).Aggregate(1.0, (product, steps) => product * steps);

    /// <summary>Every point: one step of each direction.</summary>
    public static IEnumerable<Dictionary<string, string>> Points(IReadOnlyList<Axis> axes)
    {
        IEnumerable<Dictionary<string, string>> points = [[]];
        foreach (var axis in axes)
            points = points.SelectMany(point => axis.Steps.Select(step => axis.Along(point, step)));
        return points;
    }

    private Dictionary<string, string> Along(Dictionary<string, string> point, IReadOnlyList<string> step)
    {
        var next = new Dictionary<string, string>(point);
        for (var i = 0; i < Fields.Count; i++)
            next[Fields[i].Key] = step[i];
        return next;
    }

    private static Axis FromGroup(Dictionary<string, Given> group)
    {
        Field[] fields = [.. FieldList.All.Where(field => group.ContainsKey(field.Path))];
        var steps = Enumerable.Range(0, group.Values.First().Texts.Count).Select(i => fields.Select(field => group[field.Path].Texts[i]).ToArray());
        // Steps that differed only in a field that a variant replaces are now one step.
        return new(fields, [.. steps.DistinctBy(step => string.Join('\0', step))]);
    }

    private static int CountSteps(Dictionary<string, Given> group)
    {
        var first = group.Values.First();
        return group.Count == 1 ? first.Texts.Distinct().Count()
            : Enumerable.Range(0, first.Texts.Count).Select(i => string.Join('\0', group.Values.Select(given => given.Texts[i]))).Distinct().Count();
    }
}
