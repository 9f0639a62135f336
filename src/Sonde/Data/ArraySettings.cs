using Sonde.Numerics.Checks;

namespace Sonde.Data;

/// <summary>How inputs of the user's own arrays are scaled, measured on the training part alone. All pixels of images share one scale; each feature has
/// its own.</summary>
public enum InputScaling
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To mean 0 and standard deviation 1.</summary>
    Standardize,

    /// <summary>To [0, 1]: bytes of images from 0 to 255, everything else from the smallest value to the largest.</summary>
    ZeroToOne,

    /// <summary>To [-1, 1], in the same way.</summary>
    MinusOneToOne,
}

/// <summary>What a study file says about the user's own arrays.</summary>
public sealed record ArraySettings
{
    /// <summary>The column of labels in CSV files: its name, or its number from 1.</summary>
    public string Label { get; init => field = Given.NotNull(value, nameof(Label)); } = "label";

    /// <summary>True if CSV files begin with names, false if not; null to decide from their first line.</summary>
    public bool? Header { get; init; }

    /// <summary>The shape of an image, if the files hold rows of values; null for the shape in the files.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>How inputs are scaled.</summary>
    public InputScaling Scale { get; init; } = InputScaling.Standardize;

    /// <summary>What a network learns: the class of an example, or the numbers in <c>targets.npy</c> (or in the label's column of a CSV file).</summary>
    public TargetKind Task { get; init; } = TargetKind.Classes;

    /// <summary>True to scale each column of numeric targets to mean 0 and standard deviation 1, measured on the training part alone. Errors are shares of
    /// the targets' variance, so they stay comparable.</summary>
    public bool StandardizesTargets { get; init; }

    /// <summary>True to train in the order of the files, pass after pass; false for another order in each pass.</summary>
    public bool IsInOrder { get; init; }

    /// <summary>The number of training examples to set aside for validation; null if a file holds them, else for a tenth.</summary>
    public int? Validation { get; init => field = Given.NullOrAtLeast(0, value, nameof(Validation)); }

    /// <summary>The number of training examples to set aside for the test; null if a file holds them, else for a tenth.</summary>
    public int? Test { get; init => field = Given.NullOrAtLeast(0, value, nameof(Test)); }
}
