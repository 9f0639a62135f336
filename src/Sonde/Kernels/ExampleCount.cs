namespace Sonde.Kernels;

/// <summary>A small number as a type: kernels that hold one accumulator for each example in registers are compiled once for each number.</summary>
internal interface IExampleCount
{
    /// <summary>The number, 1 to <see cref="ExampleCount.Largest"/>; a constant where it is used.</summary>
    static abstract int Value { get; }
}

/// <summary>The numbers.</summary>
internal static class ExampleCount
{
    /// <summary>Two vectors for each of five examples leave room in sixteen registers for two of weights and one of inputs.</summary>
    public const int Largest = 5;

    /// <summary>1.</summary>
    public readonly struct One : IExampleCount { public static int Value => 1; }

    /// <summary>2.</summary>
    public readonly struct Two : IExampleCount { public static int Value => 2; }

    /// <summary>3.</summary>
    public readonly struct Three : IExampleCount { public static int Value => 3; }

    /// <summary>4.</summary>
    public readonly struct Four : IExampleCount { public static int Value => 4; }

    /// <summary>5.</summary>
    public readonly struct Five : IExampleCount { public static int Value => 5; }
}
