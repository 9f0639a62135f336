using System.Globalization;
using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>How the learning rate changes over training: it is multiplied by a factor that depends on the number of updates done.</summary>
/// <remarks>Written as words with a space between them: <c>constant</c>, <c>step(1000,0.5)</c>, <c>cosine</c>, <c>warm-up(500)</c>,
/// <c>warm-up(500) cosine</c>.</remarks>
public sealed record RateSchedule
{
    /// <summary>The rate stays as it is.</summary>
    public static RateSchedule Constant { get; } = new();

    /// <summary>Updates over which the rate rises from 0 in equal steps; 0 for none.</summary>
    public long WarmUp { get; init => field = Given.AtLeast(0L, value, nameof(WarmUp)); }

    /// <summary>Updates after which the rate is multiplied by <see cref="StepFactor"/>, again and again; 0 for never.</summary>
    public long StepEvery { get; init => field = Given.AtLeast(0L, value, nameof(StepEvery)); }

    /// <summary>What the rate is multiplied by at each step, above 0.</summary>
    public double StepFactor { get; init => field = Factor(value); } = 1;

    /// <summary>True if the rate falls to 0 along half a cosine, from the end of the warm-up to the end of training.</summary>
    public bool IsCosine { get; init; }

    /// <summary>The rate is divided by 1 + decay t after t updates; 0 for none.</summary>
    public double Decay { get; init => field = Given.NotNegative(value, nameof(Decay)); }

    /// <summary>True if the factor depends on how long training is, so that a trial cannot be made longer.</summary>
    public bool DependsOnLength => IsCosine;

    /// <summary>Reads a schedule; returns null for any other text.</summary>
    public static RateSchedule? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var schedule = new RateSchedule();
        var words = text.Replace(", ", ",", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (word == "constant" && words.Length == 1)
                return Constant;
            else if (word == "cosine" && schedule is { IsCosine: false, StepEvery: 0 })
                schedule = schedule with { IsCosine = true };
            else if (Arguments(word, "warm-up") is [var updates] && IsWhole(updates) && schedule.WarmUp == 0)
                schedule = schedule with { WarmUp = (long)updates };
            else if (Arguments(word, "step") is [var every, var factor] && IsWhole(every) && factor > 0 && schedule is { IsCosine: false, StepEvery: 0 })
                schedule = schedule with { StepEvery = (long)every, StepFactor = factor };
            else
                return null;
        }
        return words.Length == 0 ? null : schedule;
    }

    /// <summary>Returns what the learning rate is multiplied by.</summary>
    /// <param name="done">Updates done before this one.</param>
    /// <param name="updates">Updates in all.</param>
    public double FactorAt(long done, long updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        var factor = 1 / (1 + Decay * done);
        if (done < WarmUp)
            factor *= (done + 1.0) / WarmUp;
        if (StepEvery > 0)
            factor *= Math.Pow(StepFactor, done / StepEvery);
        if (IsCosine && done >= WarmUp)
            factor *= 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (done - WarmUp) / (double)Math.Max(1, updates - WarmUp))));
        return factor;
    }

    /// <summary>Writes the schedule in its one spelling, without <see cref="Decay"/>.</summary>
    public override string ToString()
    {
        string[] words =
        [
            .. WarmUp > 0 ? [$"warm-up({WarmUp})"] : Array.Empty<string>(),
            .. StepEvery > 0 ? [string.Create(CultureInfo.InvariantCulture, $"step({StepEvery},{StepFactor:R})")] : Array.Empty<string>(),
            .. IsCosine ? ["cosine"] : Array.Empty<string>(),
        ];
        return words.Length == 0 ? "constant" : string.Join(' ', words);
    }

    private static double Factor(double value) => value > 0 && double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected a finite factor above 0, got {value}.");

    private static bool IsWhole(double value) => value >= 1 && value <= 1e12 && value == Math.Floor(value);

    private static double[]? Arguments(string word, string name)
    {
        if (!word.StartsWith($"{name}(", StringComparison.Ordinal) || word[^1] != ')')
            return null;
        var numbers = new List<double>();
        foreach (var text in word[(name.Length + 1)..^1].Split(','))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
