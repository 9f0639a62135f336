namespace Sonde.Paper.Claims;

/// <summary>A claim that the paper makes in words.</summary>
/// <param name="name">The name on the command line: <c>chance</c>.</param>
/// <param name="title">Heading.</param>
/// <param name="says">The paper's statement, with its section.</param>
/// <param name="studies">The built-in studies that it needs.</param>
internal abstract class Claim(string name, string title, string says, params IReadOnlyList<string> studies) : PaperItem
{
    /// <inheritdoc/>
    public sealed override ItemKind Kind => ItemKind.Claim;

    /// <inheritdoc/>
    public sealed override string Key => name;

    /// <inheritdoc/>
    public sealed override string Title => title;

    /// <inheritdoc/>
    public sealed override string Says => says;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Studies => studies;
}
