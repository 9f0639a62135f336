namespace Sonde.Data;

/// <summary>One of the four example streams of a dataset.</summary>
public enum Split
{
    /// <summary>The examples that the network learns from; they depend on the trial's seed.</summary>
    Train,

    /// <summary>The examples for choosing settings; the same for every trial and seed of a study.</summary>
    Validation,

    /// <summary>The examples for the errors that are reported; the same for every trial and seed of a study.</summary>
    Test,

    /// <summary>The fixed test examples that probes observe (paper, section 3.1: 300 of them).</summary>
    Probe,
}
