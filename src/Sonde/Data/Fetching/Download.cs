namespace Sonde.Data.Fetching;

/// <summary>What mirrors keep under one name, how to know that it is whole, and how it is put in place.</summary>
/// <param name="Served">The name that mirrors keep it under.</param>
public abstract record Download(string Served)
{
    /// <summary>True where a folder holds all of it, whole.</summary>
    internal abstract Task<bool> IsIn(string folder, CancellationToken cancellation);

    /// <summary>What is wrong with what a mirror sent, to follow the mirror's name; null for the very thing.</summary>
    internal abstract Task<string?> FindFault(string path, CancellationToken cancellation);

    /// <summary>Puts a whole download into a folder; it may move the file.</summary>
    internal abstract Task Place(string path, string folder, CancellationToken cancellation);
}
