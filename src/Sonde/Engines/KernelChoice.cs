using Sonde.Numerics.Lanes;

namespace Sonde.Engines;

/// <summary>The kernels that networks, autoencoders and support vector machines can be computed with, and which of them is used.</summary>
/// <remarks>This list is the only place that knows their names, and the only one that reads <see cref="Variable"/>, once in a process.</remarks>
public static class KernelChoice
{
    /// <summary>The environment variable that forces a choice.</summary>
    public const string Variable = "SONDE_KERNELS";

    // Fastest first.
    private static readonly IReadOnlyList<Entry> Entries =
    [
        new VectorEntry<Lanes16>("vector512"),
        new VectorEntry<Lanes8>("vector256"),
        new VectorEntry<Lanes4>("vector128"),
        new ReferenceEntry("reference"),
    ];

    /// <summary>The names of the kernels that this machine runs at full speed, fastest first; the last is the plain reference.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Where(entry => entry.IsAccelerated).Select(entry => entry.Name)];

    /// <summary>What SONDE_KERNELS says, known or not; null if it is not set or empty.</summary>
    public static string? Forced { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name ? name : null;

    /// <summary>The name that is used if nobody gives one: what SONDE_KERNELS says, or else the fastest.</summary>
    /// <exception cref="ArgumentException">SONDE_KERNELS names no kernels of this machine.</exception>
    public static string Default => Get(null).Name;

    /// <summary>Calls the visitor with the kernels of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>; null or empty for <see cref="Default"/>.</param>
    /// <param name="visitor">Builds what is computed with these kernels.</param>
    /// <exception cref="ArgumentException">This machine has no kernels of that name.</exception>
    internal static TResult Accept<TResult>(string? name, IKernelVisitor<TResult> visitor) => Get(name).Accept(visitor);

    private static Entry Get(string? name)
    {
        var (wanted, isForced) = string.IsNullOrEmpty(name) ? (Forced ?? Names[0], Forced is not null) : (name, false);
        return Entries.FirstOrDefault(entry => entry.Name == wanted && entry.IsAccelerated) ?? throw new ArgumentException(
            (isForced ? $"{Variable}: " : "") + $"Unknown kernels '{wanted}'; this machine supports {string.Join(", ", Names)}. Fix the name, or "
            + (isForced ? "unset the variable to use the fastest." : "leave it out to use the fastest."));
    }

    private abstract record Entry(string Name, bool IsAccelerated)
    {
        public abstract TResult Accept<TResult>(IKernelVisitor<TResult> visitor);
    }

    private sealed record VectorEntry<TLanes>(string Name) : Entry(Name, TLanes.IsAccelerated) where TLanes : struct, IVectorLanes<TLanes>
    {
        public override TResult Accept<TResult>(IKernelVisitor<TResult> visitor) => visitor.VisitVector<TLanes>();
    }

    private sealed record ReferenceEntry(string Name) : Entry(Name, IsAccelerated: true)
    {
        public override TResult Accept<TResult>(IKernelVisitor<TResult> visitor) => visitor.VisitReference();
    }
}

/// <summary>Builds something on the kernels that were chosen, see <see cref="KernelChoice.Accept"/>.</summary>
internal interface IKernelVisitor<out TResult>
{
    /// <summary>Called if the plain loops were chosen.</summary>
    TResult VisitReference();

    /// <summary>Called if vector kernels were chosen, with their width as a type, so that what is built is compiled for it.</summary>
    TResult VisitVector<TLanes>() where TLanes : struct, IVectorLanes<TLanes>;
}
