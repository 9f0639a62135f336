namespace Sonde.Data.Fetching;

/// <summary>A file on mirrors: its name there, the check that it is complete, and the way to put it in place.</summary>
/// <param name="Served">Its name on the mirrors.</param>
internal abstract record Download(string Served)
{
    /// <summary>Returns true if a folder holds all of it, intact.</summary>
    internal abstract Task<bool> IsIn(string folder, CancellationToken cancellation);

    /// <summary>Finds what is wrong with a file that a mirror sent, in words that follow the mirror's name; null if it is intact.</summary>
    internal abstract Task<string?> FindFault(string path, CancellationToken cancellation);

    /// <summary>Puts a complete download into a folder; it may move the file.</summary>
    internal abstract Task Place(string path, string folder, CancellationToken cancellation);
}
