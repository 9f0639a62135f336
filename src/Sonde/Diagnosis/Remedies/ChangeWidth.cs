namespace Sonde.Diagnosis.Remedies;

/// <summary>Gives hidden layers more units, or fewer.</summary>
internal static class ChangeWidth
{
    private const int Factor = 8, Fewest = 64, Most = 1024;

    /// <summary>More units; a layer, if there is none.</summary>
    public static Remedy? FindWider(Situation situation)
    {
        var units = situation.Network.Units;
        if (units.Count == 0)
            return situation.Network.Depth == 0 ? BendLinearLayers.Find(situation) : null;
        return new("wider-layers", "Too few units cannot represent what the targets need.", new()
        {
            Units = [.. units.Select(count => count >= Most ? count : Math.Clamp(Factor * count, Fewest, Most))],
        });
    }

    /// <summary>Fewer units.</summary>
    public static Remedy? FindNarrower(Situation situation) => situation.Network.Units is not { Count: > 0 } units || units.All(count => count < Factor) ? null
        : new("narrower-layers", "Fewer units have less room to learn single examples by heart.",
            new() { Units = [.. units.Select(count => Math.Max(Factor / 2, count / 4))] });
}
