namespace Sonde.Diagnosis;

/// <summary>What became of a trial, or is becoming of it.</summary>
public enum TrialOutcome
{
    /// <summary>The records hold too little to say.</summary>
    Unknown,

    /// <summary>It learns, or has learned.</summary>
    Learning,

    /// <summary>It moves in the right direction, but too slowly for the updates that it has.</summary>
    Slow,

    /// <summary>It is on a plateau that networks like it often leave.</summary>
    Plateau,

    /// <summary>It does not learn, and will not as it is set.</summary>
    WillNotLearn,

    /// <summary>Its numbers broke, or its cost is beyond any meaning.</summary>
    Diverged,
}
