namespace Sonde.Probes;

/// <summary>Which quantities a trial's probes measure: a preset, or some probes by name.</summary>
public sealed record ProbeQuantities
{
    private static readonly char[] Separators = [' ', ','];

    private ProbeQuantities(string name) => Name = name;

    /// <summary>Activations and back-propagated gradients.</summary>
    public static ProbeQuantities Economy { get; } = new("economy");

    /// <summary>Every quantity but Jacobians. Mini-batches are observed without biases, weighted inputs and single units, which
    /// cost more than the rest.</summary>
    public static ProbeQuantities Standard { get; } = new("standard");

    /// <summary>Every quantity of Sonde, Jacobians too.</summary>
    public static ProbeQuantities Full { get; } = new("full");

    /// <summary>The presets, the cheapest first.</summary>
    public static IReadOnlyList<ProbeQuantities> Presets { get; } = [Economy, Standard, Full];

    /// <summary>The preset's name, or the probes' names with a space between them, as a study writes them: <c>activation weight</c>.</summary>
    public string Name { get; }

    /// <summary>Reads a preset's name, or probes' names with spaces or commas between them, in any order.</summary>
    /// <returns>Null if a word is neither, or a name occurs twice.</returns>
    public static ProbeQuantities? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words is [var only] && Presets.FirstOrDefault(preset => preset.Name == only) is { } preset)
            return preset;
        var names = ProbeList.All.Select(probe => probe.Name).Where(words.Contains).ToList();
        return names.Count == words.Length && names.Count > 0 ? new(string.Join(' ', names)) : null;
    }

    /// <summary>Returns the probes that measure these quantities, in the order of <see cref="ProbeList.All"/>.</summary>
    /// <param name="isLive">True if mini-batches are observed.</param>
    public IReadOnlyList<Probe> Probes(bool isLive)
    {
        if (this == Economy)
            return [.. ProbeList.Basic.Where(probe => probe.Name is Quantity.Activation or Quantity.BackpropagatedGradient)];
        if (this == Standard)
            return isLive ? ProbeList.Basic : [.. ProbeList.Basic, .. ProbeList.Costly];
        if (this == Full)
            return [.. ProbeList.Basic, .. ProbeList.Costly, .. ProbeList.Costliest];
        var names = Name.Split(' ');
        return [.. ProbeList.All.Where(probe => names.Contains(probe.Name))];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
