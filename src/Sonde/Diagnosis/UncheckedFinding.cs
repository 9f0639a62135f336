using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>A finding that was not looked for, because the records lack what it needs.</summary>
/// <param name="Id">The finding's id: <c>SO305</c>.</param>
/// <param name="Name">Its name: <c>vanishing-gradients</c>.</param>
/// <param name="Because">What is missing, as a clause: <c>back-propagated gradients were not recorded</c>.</param>
public sealed record UncheckedFinding(string Id, string Name, string Because)
{
    /// <summary>The finding's id.</summary>
    public string Id { get; init => field = Given.NotNull(value, nameof(Id)); } = Given.NotNull(Id, nameof(Id));

    /// <summary>Its name.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>What is missing, as a clause.</summary>
    public string Because { get; init => field = Given.NotNull(value, nameof(Because)); } = Given.NotNull(Because, nameof(Because));
}
