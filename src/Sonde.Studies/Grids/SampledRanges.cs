using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Sonde.Numerics.Random;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Turns ranges into values: <c>learningRate: {from: 1e-4, to: 1, scale: log, samples: 20}</c>. Sampled fields of one study vary together: one point
/// of the space for each trial.</summary>
/// <remarks>Value k of a field is a function of (seed, field, k), so a study with more samples begins with the same trials. <c>sobol</c> is Sobol's sequence
/// with a digital shift: it fills the space evenly, and each field alone too. Source: [JoeKuo2008].</remarks>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or <c>variants.NAME.</c>.</param>
internal sealed class SampledRanges(Problems problems, string prefix)
{
    private const string From = "from", To = "to", Scale = "scale", Samples = "samples", Method = "method", Seed = "seed";
    private const string Example = "{from: 0.001, to: 1, scale: log, samples: 20}";
    private const string Log = "log", Linear = "linear", Sobol = "sobol", Random = "random";
    private const int MostSamples = 10_000, Bits = 32;

    // Primitive polynomials and first direction numbers of the dimensions after the first.
    private static readonly (int Degree, uint Polynomial, uint[] Numbers)[] Dimensions =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]),
    ];

    private readonly List<(Field Field, MapNode Map)> ranges = [];

    /// <summary>The name of a range in the JSON schema.</summary>
    public static string Definition => "range";

    /// <summary>The JSON schema of a range.</summary>
    public static JsonObject Schema() => new()
    {
        ["description"] = $"Sampled values between two numbers, such as {Example}. Sampled fields vary together.",
        ["type"] = "object", ["additionalProperties"] = false, ["required"] = new JsonArray(From, To, Samples),
        ["properties"] = new JsonObject
        {
            [From] = new JsonObject { ["type"] = "number" }, [To] = new JsonObject { ["type"] = "number" },
            [Scale] = ValueSchema.Names([Linear, Log]), [Samples] = ValueSchema.WholeNumber(1, MostSamples),
            [Method] = ValueSchema.Names([Sobol, Random]), [Seed] = ValueSchema.Seed(),
        },
    };

    /// <summary>True if a value is meant as a range of a field that takes numbers.</summary>
    public static bool IsRange(Field field, Node value) => field.IsNumber && value is MapNode map
        && map.Entries.Exists(entry => entry.Key.Text is From or To or Samples);

    /// <summary>Adds a range.</summary>
    public void Add(Field field, MapNode map) => ranges.Add((field, map));

    /// <summary>Returns the values of all ranges: as a list of values if there is one range, as a group that varies together if there are several.</summary>
    public Dictionary<string, Given> Read()
    {
        var group = new Dictionary<string, Given>();
        foreach (var (field, map) in ranges.OrderBy(range => FieldList.Rank(range.Field)))
            if (Read(field, map, group.Count) is { } given)
                group[field.Path] = given;
        if (group.Values.FirstOrDefault(given => given.Texts.Count != group.Values.First().Texts.Count) is { } other)
            problems.Expected(other.Where, prefix + Samples, $"as many samples for each range, {group.Values.First().Texts.Count}", $"{other.Texts.Count}",
                " Sampled fields vary together.");
        return group;
    }

    private Given? Read(Field field, MapNode map, int dimension)
    {
        var path = prefix + field.Path;
        var unknown = map.Entries.Find(entry => entry.Key.Text is not (From or To or Scale or Samples or Method or Seed)).Key;
        if (unknown is not null)
        {
            problems.Expected(unknown.Where, path, $"a value, a list or a range such as {Example}", $"'{Node.Cut(unknown.Text)}'",
                " Remove it or correct its name.");
            return null;
        }
        var (scale, method) = (Text(map, Scale) ?? Linear, Text(map, Method) ?? Sobol);
        var (low, high) = (Number(map, From), Number(map, To));
        var samples = Number(map, Samples);
        var problem = low is null || high is null || !(low < high) ? (map.Where, "numbers 'from' below 'to'")
            : scale is not (Log or Linear) ? (map.Find(Scale)!.Where, $"the scale {Log} or {Linear}")
            : scale == Log && low <= 0 ? (map.Find(From)!.Where, "a range above 0, which a log scale needs")
            : samples is not { } count || count < 1 || count > MostSamples || count != Math.Floor(count) ? (map.Where, $"'samples' from 1 to {MostSamples}")
            : method is not (Sobol or Random) ? (map.Find(Method)!.Where, $"the method {Sobol} or {Random}")
            : method == Sobol && dimension > Dimensions.Length ? (map.Where, $"at most {Dimensions.Length + 1} ranges with the method {Sobol}")
            : Number(map, Seed) is { } seed && (seed < 0 || seed != Math.Floor(seed)) ? (map.Find(Seed)!.Where, "a seed of 0 or more")
            : ((Place, string)?)null;
        if (problem is var (where, expected))
        {
            problems.Expected(where, path, expected, map.Shown, $" Write for example {Example}.");
            return null;
        }
        var key = new RandomKey((ulong)(Number(map, Seed) ?? 1), $"sample {field.Path}");
        var shift = key.Stream().NextUInt32();
        var texts = new List<string>();
        for (uint k = 0; k < samples; k++)
        {
            var unit = method == Random ? key.Stream(k + 1).NextDouble() : ((SobolNumber(k, dimension) ^ shift) + 0.5) / Math.Pow(2, Bits);
            var value = scale == Log ? low!.Value * Math.Pow(high!.Value / low.Value, unit) : low!.Value + unit * (high!.Value - low.Value);
            if ((field.Canonical(Plain(value)) ?? field.Canonical(Plain(Math.Round(value)))) is { } text)
                texts.Add(text);
            else
            {
                problems.Expected(map.Where, path, field.Expected, $"'{Plain(value)}'", " Change 'from' or 'to' so that every value between them is one.");
                return null;
            }
        }
        // Whole numbers of a narrow range repeat.
        return new(ranges.Count == 1 ? [.. texts.Distinct()] : texts, IsList: true, map.Where);
    }

    /// <summary>Element k of Sobol's sequence in a dimension, as 32 bits after the point.</summary>
    internal static uint SobolNumber(uint k, int dimension)
    {
        Span<uint> directions = stackalloc uint[Bits];
        if (dimension == 0)
        {
            for (var i = 0; i < Bits; i++)
                directions[i] = 1u << (Bits - 1 - i);
        }
        else
        {
            var (degree, polynomial, numbers) = Dimensions[dimension - 1];
            for (var i = 0; i < Bits; i++)
            {
                if (i < degree)
                {
                    directions[i] = numbers[i] << (Bits - 1 - i);
                    continue;
                }
                directions[i] = directions[i - degree] ^ (directions[i - degree] >> degree);
                for (var j = 1; j < degree; j++)
                    if ((polynomial >> (degree - 1 - j) & 1) != 0)
                        directions[i] ^= directions[i - j];
            }
        }
        // In Gray code's order, which changes one direction from one element to the next.
        var (gray, number) = (k ^ (k >> 1), 0u);
        for (; gray != 0; gray &= gray - 1)
            number ^= directions[BitOperations.TrailingZeroCount(gray)];
        return number;
    }

    // Four digits: as precise as a sampled value needs, and short in a trial's id.
    private static string Plain(double value)
    {
        var rounded = double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return ((decimal)rounded).ToString(CultureInfo.InvariantCulture);
    }

    private static string? Text(MapNode map, string key) => map.Find(key) is ScalarNode { IsMissing: false } scalar ? scalar.Text : null;

    private static double? Number(MapNode map, string key) =>
        double.TryParse(Text(map, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
