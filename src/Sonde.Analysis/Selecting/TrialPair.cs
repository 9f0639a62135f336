using Sonde.Analysis.Contents;
using Sonde.Diagnosis;
using Sonde.Numerics.Significance;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Selecting;

/// <summary>Two trials side by side.</summary>
/// <param name="First">The first trial.</param>
/// <param name="Second">The second trial.</param>
/// <param name="Differences">Settings that differ: key, value of the first, value of the second; null if a trial does not have the setting.</param>
/// <param name="Answers">Their answers to the same test examples; null if there are none to compare.</param>
/// <param name="WhyNoAnswers">Why there are none; else null.</param>
public sealed record TrialPair(
    RecordedTrial First, RecordedTrial Second, IReadOnlyList<(string Key, string? First, string? Second)> Differences, AnswerCounts? Answers,
    string? WhyNoAnswers)
{
    /// <summary>What readers see of the errors of both.</summary>
    internal ErrorMeasure Measure => new[] { FoundTrial.FromRecord(First), FoundTrial.FromRecord(Second) }.SharedMeasure();

    /// <summary>Reads both.</summary>
    /// <exception cref="RecordException">There is no such trial, or a file of it is damaged.</exception>
    public static TrialPair Read(RunFolder run, string first, string second)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (one, other) = (run.ReadTrial(first), run.ReadTrial(second));
        var (settings, others) = (one.Manifest.Setting, other.Manifest.Setting);
        var differences = settings.Keys.Union(others.Keys)
            .Select(key => (Key: key, First: settings.GetValueOrDefault(key), Second: others.GetValueOrDefault(key)))
            .Where(d => d.First != d.Second).ToList();
        var (ofFirst, ofSecond) = (run.ReadPredictions(first), run.ReadPredictions(second));
        var why = ofFirst.Count == 0 ? $"{first} is {one.Manifest.Status} and has no predictions"
            : ofSecond.Count == 0 ? $"{second} is {other.Manifest.Status} and has no predictions"
            : ofFirst.Select(p => p.Label).SequenceEqual(ofSecond.Select(p => p.Label)) ? null : "they were tested on different examples";
        return new(one, other, differences, why is null ? AnswerCounts.Of(ofFirst, ofSecond) : null, why);
    }
}

/// <summary>How two networks answer the same test examples.</summary>
/// <param name="BothRight">Examples that both get right.</param>
/// <param name="OnlyFirstRight">Examples that only the first gets right.</param>
/// <param name="OnlySecondRight">Examples that only the second gets right.</param>
/// <param name="BothWrong">Examples that both get wrong.</param>
public sealed record AnswerCounts(int BothRight, int OnlyFirstRight, int OnlySecondRight, int BothWrong)
{
    /// <summary>Number of examples.</summary>
    public int Examples => BothRight + OnlyFirstRight + OnlySecondRight + BothWrong;

    /// <summary>p of McNemar's exact test.</summary>
    public double P => McNemarTest.TwoSided(OnlyFirstRight, OnlySecondRight);

    internal static AnswerCounts Of(IReadOnlyList<Prediction> first, IReadOnlyList<Prediction> second)
    {
        var right = first.Zip(second, (a, b) => (First: a.Label == a.Predicted, Second: b.Label == b.Predicted)).CountBy(pair => pair).ToDictionary();
        int Count(bool ofFirst, bool ofSecond) => right.GetValueOrDefault((ofFirst, ofSecond));
        return new(Count(true, true), Count(true, false), Count(false, true), Count(false, false));
    }
}
