using Sonde.Records.Files;

namespace Sonde.Records.Leases;

internal sealed partial class Lease
{
    /// <summary>What the names of folders with damaged files begin with.</summary>
    public const string DamagedFolder = "damaged";

    private int temporaries;

    /// <summary>Puts a file in its place, whole, replacing one of this name.</summary>
    /// <param name="name">Relative to the claimed folder, with forward slashes.</param>
    /// <param name="content">The whole file.</param>
    /// <returns>The file as <c>trial.json</c> lists it.</returns>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public RecordedFile Publish(string name, byte[] content) => Guard(PathOf(name), () =>
    {
        var temporary = Temporary();
        return OrRemove(temporary, () =>
        {
            var (bytes, digest) = Disk.Write(temporary, take => take(content));
            MoveOut(temporary, name, Disk.MoveFile);
            return new RecordedFile(name, bytes, digest);
        });
    });

    /// <summary>Puts a folder of files in its place, whole; there must be none of this name.</summary>
    /// <inheritdoc cref="Publish"/>
    public IReadOnlyList<RecordedFile> PublishFolder(string name, IEnumerable<(string Name, FileContent Content)> files) => Guard(PathOf(name), () =>
    {
        var temporary = NewFolder();
        return OrRemove(temporary, () =>
        {
            var written = new List<RecordedFile>();
            foreach (var (file, content) in files)
            {
                var (bytes, digest) = Disk.Write(Path.Combine(temporary, file), content);
                written.Add(new($"{name}/{file}", bytes, digest));
            }
            Disk.FlushFolder(temporary);
            MoveOut(temporary, name, Disk.MoveFolder);
            return written;
        });
    });

    /// <summary>Removes a file or a folder at once; nothing happens where there is none.</summary>
    /// <inheritdoc cref="Publish"/>
    public void Remove(string name) => Guard(PathOf(name), () =>
    {
        var doomed = Temporary();
        var isThere = MoveIn(name, doomed);
        if (isThere)
            Disk.Remove(doomed);
        return isThere;
    });

    /// <summary>Moves what is damaged into a folder <c>damaged-NUMBER</c>, in which nothing counts and nothing is lost.</summary>
    /// <param name="names">Files and folders; those that are not there are left out.</param>
    /// <returns>The folder's name.</returns>
    /// <inheritdoc cref="Publish"/>
    public string SetAside(IEnumerable<string> names)
    {
        string inside = Path.Combine(folder, DamagedFolder);
        Guard(inside, () =>
        {
            Disk.MoveFolder(NewFolder(), inside);
            return inside;
        });
        foreach (var name in names)
            Guard(PathOf(name), () => MoveIn(name, Path.Combine(inside, name.Replace('/', '-'))));
        return KeepDamaged()!;
    }

    /// <summary>Runs a step on the claimed folder; what goes wrong in it means that the lease is lost, or that the disk is full, denies it or holds
    /// damage.</summary>
    /// <inheritdoc cref="Publish"/>
    public T Guard<T>(string path, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or RecordException)
        {
            if (!Directory.Exists(folder))
            {
                Lose();
                throw new LeaseLostException(
                    $"{directory}: expected to hold attempt {Attempt}, found it gone: another process has taken over, or the folder was removed. "
                    + "Nothing is to be done: this process lets go.", cause);
            }
            if (cause is RecordException)
                throw;
            throw Denied(path, cause);
        }
    }

    /// <summary>What to say where the disk is full or denies something.</summary>
    public static RecordException Denied(string path, Exception cause) => new(
        $"{path}: expected to be able to read and write there, but: {cause.Message}. "
        + "Make room or give the permission back, then run the same command again: it goes on from the last checkpoint.", cause);

    /// <summary>Runs a step, and removes what it leaves half made where it fails: a full disk needs the room to say so.</summary>
    private static T OrRemove<T>(string temporary, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RemoveIfPossible(temporary);
            throw;
        }
    }

    private void MoveOut(string temporary, string name, Action<string, string> move)
    {
        var (path, parent) = (PathOf(name), Path.GetDirectoryName(PathOf(name))!);
        Disk.CreateFolder(parent);
        move(temporary, path);
        Disk.FlushFolder(parent);
    }

    /// <returns>False where there is nothing of this name.</returns>
    private bool MoveIn(string name, string to)
    {
        var path = PathOf(name);
        try
        {
            if (Directory.Exists(path))
                Disk.MoveFolder(path, to);
            else if (File.Exists(path))
                Disk.MoveFile(path, to);
            else
                return false;
            return true;
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException && Directory.Exists(folder))
        {
            // What another process prepared in vain it removes itself.
            return false;
        }
    }

    private string? KeepDamaged()
    {
        var inside = Path.Combine(folder, DamagedFolder);
        if (!Directory.Exists(inside))
            return null;
        var name = Enumerable.Range(1, int.MaxValue).Select(number => $"{DamagedFolder}-{number}").First(name => !Directory.Exists(PathOf(name)));
        return Guard(PathOf(name), () =>
        {
            Disk.MoveFolder(inside, PathOf(name));
            return name;
        });
    }

    /// <summary>An empty folder inside the lease.</summary>
    private string NewFolder()
    {
        // Made outside and renamed: making a folder makes those above it too, and would bring back a lease that was taken over.
        var inside = Temporary();
        var outside = Path.Combine(directory, Path.GetFileName(inside));
        Disk.CreateTemporaryFolder(outside);
        return OrRemove(outside, () =>
        {
            Disk.MoveFolder(outside, inside);
            return inside;
        });
    }

    private string PathOf(string name) => Path.Combine(directory, name);

    // The attempt is part of the name: what an earlier owner is still writing cannot be mistaken for this.
    private string Temporary() => Path.Combine(folder, $"{Attempt}-{++temporaries}{DurableFile.TemporarySuffix}");
}
