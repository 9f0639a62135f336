namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Every case of a part, fixed before anybody saw a result: healthy networks, and each kind of fault in three of them.</summary>
internal static class CaseList
{
    private const int NetworksPerKind = 3;

    private static readonly int[] CalibrateSeeds = [1, 2, 3, 4, 5], HeldOutSeeds = [6, 7, 8, 9, 10], HeldOutHealthySeeds = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Returns the cases of a part.</summary>
    public static IReadOnlyList<SeededCase> Of(Part part) => [.. Healthy(part), .. Faulty(part)];

    private static IEnumerable<SeededCase> Healthy(Part part) => HealthyList.All.Where(network => network.Part == part).Select(network =>
        new SeededCase($"healthy-{network.Name}", network.Kind, part, $"healthy-{network.Name}", network.Recipe,
            part == Part.Calibrate ? CalibrateSeeds : HeldOutHealthySeeds));

    private static IEnumerable<SeededCase> Faulty(Part part)
    {
        foreach (var (number, kind) in FaultKindList.All.Index())
        {
            var suited = HealthyList.All.Where(network => network.Part == part && kind.Suits(network.Recipe)).ToList();
            var (first, second) = part == Part.Calibrate ? kind.Strengths.Calibrate : kind.Strengths.HeldOut;
            // Each kind begins at another network and takes those that are far from each other in the list, so that all networks are used.
            var apart = Math.Max(1, suited.Count / NetworksPerKind);
            var chosen = Enumerable.Range(0, Math.Min(NetworksPerKind, suited.Count)).Select(k => suited[(number + k * apart) % suited.Count]);
            foreach (var (k, network) in chosen.Index())
            {
                var (strength, recipe) = (k == 1 ? second : first, network.Recipe);
                var faulty = kind.Apply(recipe, strength);
                yield return new($"{kind.Name}-{Recipe.Text(strength)}-{network.Name}", kind.Name, part, $"healthy-{network.Name}", faulty,
                    part == Part.Calibrate ? CalibrateSeeds : HeldOutSeeds)
                {
                    Faults = kind.Faults, Also = [.. kind.Also.Except(kind.Faults)], Layer = kind.Layer(faulty),
                };
            }
        }
    }
}
