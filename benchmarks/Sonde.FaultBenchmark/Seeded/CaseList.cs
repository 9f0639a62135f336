namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Every case of a part, fixed before anybody saw a result: healthy networks, and each kind of fault in three of them.</summary>
internal static class CaseList
{
    private const int NetworksPerKind = 3;

    // Pairs of kinds and networks that a part leaves out are many: two seeds of each.
    private const int SeedsOfOthers = 2;

    private static readonly int[] CalibrateSeeds = [1, 2, 3, 4, 5], HeldOutSeeds = [6, 7, 8, 9, 10], HeldOutHealthySeeds = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Returns the cases of a part.</summary>
    public static IReadOnlyList<SeededCase> Of(Part part) => [.. Healthy(part), .. Faulty(part)];

    /// <summary>Returns the other cases of a part: its healthy networks, and each kind of fault in every network that <see cref="Of"/> leaves out.</summary>
    public static IReadOnlyList<SeededCase> Others(Part part)
    {
        var known = Of(part).Select(seeded => (seeded.Kind, seeded.Base)).ToHashSet();
        return [.. Healthy(part), .. FaultKindList.All.SelectMany(kind => Suited(kind, part).Index()
            .Where(pair => !known.Contains((kind.Name, $"healthy-{pair.Item.Name}")))
            .Select(pair => Faulty(kind, pair.Item, pair.Index % 2 == 0, [.. SeedsOf(part).Take(SeedsOfOthers)])))];
    }

    private static IEnumerable<SeededCase> Healthy(Part part) => HealthyList.All.Where(network => network.Part == part).Select(network =>
        new SeededCase($"healthy-{network.Name}", network.Kind, part, $"healthy-{network.Name}", network.Recipe,
            part == Part.Calibrate ? CalibrateSeeds : HeldOutHealthySeeds));

    private static IEnumerable<SeededCase> Faulty(Part part)
    {
        foreach (var (number, kind) in FaultKindList.All.Index())
        {
            var suited = Suited(kind, part);
            // Each kind begins at another network and takes those that are far from each other in the list, so that all networks are used.
            var apart = Math.Max(1, suited.Count / NetworksPerKind);
            var chosen = Enumerable.Range(0, Math.Min(NetworksPerKind, suited.Count)).Select(k => suited[(number + k * apart) % suited.Count]);
            foreach (var (k, network) in chosen.Index())
                yield return Faulty(kind, network, k != 1, SeedsOf(part));
        }
    }

    private static SeededCase Faulty(FaultKind kind, HealthyNetwork network, bool isFirstStrength, IReadOnlyList<int> seeds)
    {
        var (first, second) = network.Part == Part.Calibrate ? kind.Strengths.Calibrate : kind.Strengths.HeldOut;
        var strength = isFirstStrength ? first : second;
        var faulty = kind.Apply(network.Recipe, strength);
        return new($"{kind.Name}-{Recipe.Text(strength)}-{network.Name}", kind.Name, network.Part, $"healthy-{network.Name}", faulty, seeds)
        {
            Faults = kind.Faults, Also = [.. kind.Also.Except(kind.Faults)], Layer = kind.Layer(faulty),
        };
    }

    private static List<HealthyNetwork> Suited(FaultKind kind, Part part) =>
        [.. HealthyList.All.Where(network => network.Part == part && kind.Suits(network.Recipe))];

    private static int[] SeedsOf(Part part) => part == Part.Calibrate ? CalibrateSeeds : HeldOutSeeds;
}
