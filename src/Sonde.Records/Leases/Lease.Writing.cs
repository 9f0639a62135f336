using Sonde.Records.Files;

namespace Sonde.Records.Leases;

internal sealed partial class Lease
{
    /// <summary>The prefix of the names of folders with damaged files.</summary>
    public const string DamagedFolder = "damaged";

    private int temporaries;

    /// <summary>Puts a whole file in its place in one step, and replaces one of this name.</summary>
    /// <param name="name">Relative to the leased folder, with forward slashes.</param>
    /// <param name="content">The whole file.</param>
    /// <returns>The file as <c>trial.json</c> lists it.</returns>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public RecordedFile Publish(string name, byte[] content) => Publish(name, take => take(content));

    /// <inheritdoc cref="Publish(string, byte[])"/>
    public RecordedFile Publish(string name, FileContent content) => Guard(PathOf(name), () =>
    {
        var temporary = Temporary();
        return OrRemove(temporary, () =>
        {
            var (bytes, digest) = Disk.Write(temporary, content);
            MoveOut(temporary, name, Disk.MoveFile);
            return new RecordedFile(name, bytes, digest);
        });
    });

    /// <summary>Puts a whole folder of files in its place in one step. No folder of this name may exist.</summary>
    /// <inheritdoc cref="Publish(string, byte[])"/>
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

    /// <summary>Removes a file or a folder in one step; does nothing if there is none.</summary>
    /// <inheritdoc cref="Publish(string, byte[])"/>
    public void Remove(string name) => Guard(PathOf(name), () =>
    {
        var doomed = Temporary();
        var isThere = MoveIn(name, doomed);
        if (isThere)
            Disk.Remove(doomed);
        return isThere;
    });

    /// <summary>Moves damaged files into a new folder <c>damaged-NUMBER</c>: they no longer count, and they are kept.</summary>
    /// <param name="names">Files and folders; names that do not exist are skipped.</param>
    /// <returns>The folder's name.</returns>
    /// <inheritdoc cref="Publish(string, byte[])"/>
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

    /// <summary>Runs a step on the leased folder, and turns its errors into what they mean: the lease is lost, or the disk is full, denies the step or
    /// holds damage.</summary>
    /// <inheritdoc cref="Publish(string, byte[])"/>
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
                    $"{directory}: attempt {Attempt} of this process is gone: another process has taken over, or somebody removed the folder. "
                    + "You need not do anything: this process leaves the folder to the other one.", cause);
            }
            if (cause is RecordException)
                throw;
            throw Denied(path, cause);
        }
    }

    /// <summary>Builds the message for a disk that is full or denies a step.</summary>
    public static RecordException Denied(string path, Exception cause) => new(
        $"{path}: Sonde cannot read or write there: {cause.Message.TrimEnd('.')}. "
        + $"{DurableFile.FindBlocking(cause) ?? "Make room or restore the permission"}, then run the same command again: it continues.",
        cause);

    /// <summary>Runs a step, and removes its half-written files if it fails: on a full disk, the message in <c>trial.json</c> needs that room.</summary>
    private static T OrRemove<T>(string temporary, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RecordException)
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

    /// <returns>False if nothing has this name.</returns>
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
            // Another process removed what it had prepared itself.
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

    /// <summary>Makes an empty folder inside the lease.</summary>
    private string NewFolder()
    {
        // Made outside and renamed: CreateDirectory makes missing parents too, which would bring back a lease that was taken over.
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

    // The attempt is part of the name, so a file that an earlier owner is still writing has another name.
    private string Temporary() => Path.Combine(folder, $"{Attempt}-{++temporaries}{DurableFile.TemporarySuffix}");
}
