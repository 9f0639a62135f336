using Sonde.Engines;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;

namespace Sonde.Running.Machines;

/// <summary>The kernels that a variable of the environment names instead of the fastest.</summary>
internal static class ForcedKernels
{
    /// <summary>Refuses a name that this machine has no kernels for.</summary>
    /// <exception cref="StudyException">There are no such kernels.</exception>
    public static void Check()
    {
        if (KernelChoice.Forced is { } forced && !KernelChoice.Names.Contains(forced))
            throw new StudyException($"{KernelChoice.Variable}: expected one of {string.Join(", ", KernelChoice.Names)}, got '{forced}'."
                + $"{NameSuggestion.Hint(forced, KernelChoice.Names)} Correct it, or unset it to have the fastest.");
    }
}
