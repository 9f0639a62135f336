namespace Sonde.Data;

/// <summary>How inputs of one's own arrays are scaled, by what the training part alone shows. An image's pixels share one scale, each feature has its
/// own.</summary>
public enum InputScaling
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>To mean 0 and standard deviation 1.</summary>
    Standardize,

    /// <summary>To [0, 1]: bytes of images from 0 to 255, everything else from the smallest value to the largest.</summary>
    ZeroToOne,

    /// <summary>To [-1, 1], in the same way.</summary>
    MinusOneToOne,
}

/// <summary>What a study file says of one's own arrays.</summary>
public sealed record ArraySettings
{
    /// <summary>The column of labels in CSV files: its name, or its place from 1.</summary>
    public string Label { get; init; } = "label";

    /// <summary>True where CSV files begin with names, false where they do not; null to see it from their first line.</summary>
    public bool? Header { get; init; }

    /// <summary>The shape of an image where the files hold rows of values; null for what the files say.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>What inputs become.</summary>
    public InputScaling Scale { get; init; } = InputScaling.Standardize;

    /// <summary>How many examples are set aside for validation; null where a file holds them.</summary>
    public int? Validation { get; init; }

    /// <summary>How many examples are set aside for the test; null where a file holds them.</summary>
    public int? Test { get; init; }
}
