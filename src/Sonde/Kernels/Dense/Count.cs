namespace Sonde.Kernels.Dense;

/// <summary>A small number as a type: kernels that hold this number of values in registers are compiled once for each number.</summary>
internal interface ICount
{
    /// <summary>The number; a constant where it is used.</summary>
    static abstract int Value { get; }
}

/// <summary>The numbers.</summary>
internal static class Count
{
    /// <summary>0.</summary>
    public readonly struct Zero : ICount { public static int Value => 0; }

    /// <summary>1.</summary>
    public readonly struct One : ICount { public static int Value => 1; }

    /// <summary>2.</summary>
    public readonly struct Two : ICount { public static int Value => 2; }

    /// <summary>3.</summary>
    public readonly struct Three : ICount { public static int Value => 3; }

    /// <summary>4.</summary>
    public readonly struct Four : ICount { public static int Value => 4; }

    /// <summary>5.</summary>
    public readonly struct Five : ICount { public static int Value => 5; }

    /// <summary>6.</summary>
    public readonly struct Six : ICount { public static int Value => 6; }
}
