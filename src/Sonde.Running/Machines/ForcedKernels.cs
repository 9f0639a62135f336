using Sonde.Engines;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;

namespace Sonde.Running.Machines;

/// <summary>The kernels that a variable of the environment names instead of the fastest.</summary>
internal static class ForcedKernels
{
    /// <summary>Says that this machine has no kernels of that name, and what to do; null if it has, or if nothing is named.</summary>
    public static string? Problem { get; } = KernelChoice.Forced is { } forced && !KernelChoice.Names.Contains(forced)
        ? $"{KernelChoice.Variable}: expected one of {string.Join(", ", KernelChoice.Names)}, got '{forced}'."
            + $"{NameSuggestion.Hint(forced, KernelChoice.Names)} Correct it, or unset it to have the fastest."
        : null;

    /// <summary>Refuses a name that this machine has no kernels for.</summary>
    /// <exception cref="StudyException">There are no such kernels.</exception>
    public static void Check()
    {
        if (Problem is not null)
            throw new StudyException(Problem);
    }
}
