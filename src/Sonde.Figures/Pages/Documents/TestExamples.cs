using Sonde.Data;
using Sonde.Numerics.Summaries;
using Sonde.Records.Tables;
using Sonde.Studies;

namespace Sonde.Figures.Pages.Documents;

/// <summary>The test examples of a trial as pictures. No trial keeps its examples: they are drawn again, or read from the data folder.</summary>
internal sealed class TestExamples
{
    private readonly Dataset data;
    private readonly ExampleStream stream;

    private TestExamples(Dataset data) => (this.data, stream) = (data, data.Open(Split.Test, 1));

    /// <summary>The shape of a picture.</summary>
    public ImageShape Shape => data.Shape;

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> Classes => data.Classes;

    /// <summary>Opens the examples that a trial was tested on; null if they are not here.</summary>
    /// <param name="setting">The trial's setting.</param>
    /// <param name="open">Opens a dataset. A path in the setting is never opened: the maker of the run folder chose it.</param>
    /// <param name="answers">The answers that were recorded, which name the class of each example.</param>
    /// <param name="problem">Why they are not; else null.</param>
    public static TestExamples? Find(
        RecordedSetting setting, Func<DatasetSetting, Dataset> open, IReadOnlyList<Prediction> answers, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(answers);
        (var found, problem) = Open(setting, open);
        if (found is null || found.HasLabels(answers))
            return found;
        problem = $"The examples of {found.data.Name} here are not those of this trial: their classes differ.";
        return null;
    }

    private static (TestExamples? Examples, string? Problem) Open(RecordedSetting setting, Func<DatasetSetting, Dataset> open)
    {
        if (setting.Data is not { } data)
            return (null, "The trial does not say what data it was tested on.");
        if (data.Path is not null || DatasetList.All.Any(entry => entry.Name == data.Name && entry.IsYours))
            return (null, "The pages draw or read the examples of Sonde's own datasets alone, and this trial has files of its own.");
        try
        {
            var opened = open(data);
            return opened.Shape is { Height: > 1, Width: > 1, Channels: 1 or 3 } ? (new(opened), null) : (null, "The examples are no pictures.");
        }
        catch (DataException missing)
        {
            return (null, missing.Message);
        }
    }

    /// <summary>Returns the pixels of an example, 0 to 255: [channels, height, width].</summary>
    public byte[] PixelsOf(int example)
    {
        var (inputs, _) = stream.Read(example, 1);
        var range = data.InputRange ?? new ValueRange(inputs.Min(), Math.Max(inputs.Max(), inputs.Min() + float.Epsilon));
        return [.. inputs.Select(value => (byte)Math.Clamp(Math.Round((value - range.Lower) / (range.Upper - range.Lower) * byte.MaxValue), 0, byte.MaxValue))];
    }

    // A few dozen are enough to tell one dataset from another.
    private bool HasLabels(IReadOnlyList<Prediction> answers)
    {
        const int Compared = 64;
        var count = (int)Math.Min(Math.Min(answers.Count, Compared), stream.Count ?? Compared);
        return (stream.Count is not { } most || most >= answers.Count)
            && stream.Read(0, count).Labels.Select((label, k) => label == answers[k].Label).All(isSame => isSame);
    }
}
