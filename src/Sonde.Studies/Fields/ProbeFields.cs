using Sonde.Probes;

namespace Sonde.Studies.Fields;

/// <summary>The field that names what is measured.</summary>
internal static class ProbeFields
{
    /// <summary>A preset, or names of probes. The standard preset is not recorded: trials that began before there were presets have no such field.</summary>
    public static Field Quantities { get; } = new(FieldList.ProbeQuantities, "", ProbeQuantities.Standard.Name,
        $"{string.Join(", ", ProbeQuantities.Presets)}, or names with a space between them: {string.Join(", ", ProbeList.All.Select(probe => probe.Name))}",
        text => ProbeQuantities.Find(text)?.Name)
    {
        Absence = ProbeQuantities.Standard.Name,
        Names = [.. ProbeQuantities.Presets.Select(preset => preset.Name), .. ProbeList.All.Select(probe => probe.Name)],
        Schema = () => ValueSchema.Quantities(ProbeQuantities.Presets.Select(preset => preset.Name), ProbeList.All.Select(probe => probe.Name)),
    };
}
