using Sonde.Data;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Studies;

/// <summary>Checks what a trial needs of its data.</summary>
internal static class DataRequirements
{
    /// <summary>Refuses a trial that cannot train on its data, or whose probes want more examples than there are.</summary>
    /// <param name="setting">The trial's setting.</param>
    /// <param name="data">The dataset that the setting names.</param>
    /// <exception cref="StudyException">The sentence names the field to change.</exception>
    public static void Check(TrialSetting setting, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(data);
        if (setting.Pretraining is { } plan
            && new PretrainingSetting(setting.NetworkOn(data), setting.Plan.Batch, plan, data.InputRange, setting.Seed).Obstacle() is { } obstacle)
            throw new StudyException($"{FieldList.Pretraining}: expected {obstacle}");
        if (data.Open(Split.Probe, setting.Seed).Count is not { } count || count >= setting.Probe.Examples)
            return;
        if (count < setting.Plan.Batch)
            throw new StudyException($"{FieldList.ProbeExamples}: expected at least one mini-batch of {setting.Plan.Batch} test examples to observe, "
                + $"{data.Name} has {count}. Set more aside for the test, or make the batch smaller.");
        // A number that nobody chose gives way to the data.
        if (setting.Probe.Examples != ProbePlan.DefaultExamples)
            throw new StudyException($"{FieldList.ProbeExamples}: expected at most {count}, as many test examples as {data.Name} has, "
                + $"got {setting.Probe.Examples}. Probe fewer, or set more aside for the test.");
    }
}
