namespace Sonde.Records.Trials;

/// <summary>Why a trial that is done ended before its last update, and the numbers on which that rests.</summary>
/// <param name="Reason"><see cref="Rung"/>, <see cref="Patience"/> or <see cref="Finding"/>.</param>
/// <param name="Update">Updates done.</param>
/// <param name="Sentence">The reason in a sentence.</param>
internal sealed record TrialStop(string Reason, long Update, string Sentence)
{
    /// <summary>Others were better at a rung of the study's search.</summary>
    public const string Rung = "rung";

    /// <summary>It had not improved for as long as the study allows.</summary>
    public const string Patience = "patience";

    /// <summary>A finding was said that the study names.</summary>
    public const string Finding = "finding";

    /// <summary><c>validation-error</c> or <c>validation-cost</c>; null if a finding decided.</summary>
    public string? By { get; init; }

    /// <summary>The number that decided, such as the validation error in per cent; null if a finding decided.</summary>
    public double? Value { get; init; }

    /// <summary>The best value before, for patience; else null.</summary>
    public double? Best { get; init; }

    /// <summary>The update of the best value, for patience; else null.</summary>
    public long? BestUpdate { get; init; }

    /// <summary>The number of the rung, from 1; null if no rung decided.</summary>
    public int? AtRung { get; init; }

    /// <summary>How many rungs the search has; null if no rung decided.</summary>
    public int? Rungs { get; init; }

    /// <summary>Its place among the trials at the rung, from 1; null if no rung decided.</summary>
    public int? Place { get; init; }

    /// <summary>How many trials reached the rung; null if no rung decided.</summary>
    public int? Among { get; init; }

    /// <summary>How many of them continued; null if no rung decided.</summary>
    public int? Continued { get; init; }

    /// <summary>The id of the finding; null if none decided.</summary>
    public string? Id { get; init; }
}

/// <summary>What a trial was worth at a rung of its study's search.</summary>
/// <param name="Update">Updates of the rung.</param>
/// <param name="Value">The validation error in per cent, or the mean validation cost.</param>
internal sealed record TrialRung(long Update, double Value)
{
    /// <summary>Its place among the first <see cref="Among"/> trials of the search's order when it was promoted, from 1; null if it was not, or not
    /// yet.</summary>
    public int? Place { get; init; }

    /// <summary>How many trials at the rung were compared when it was promoted; null if it was not, or not yet.</summary>
    public int? Among { get; init; }
}
