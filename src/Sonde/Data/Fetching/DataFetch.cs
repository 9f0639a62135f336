using System.Net;
using System.Net.Http.Headers;

namespace Sonde.Data.Fetching;

/// <summary>The progress of a download.</summary>
/// <param name="File">Its name on the mirror.</param>
/// <param name="Mirror">The host it comes from.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Total">All bytes of the file; null if the mirror does not say.</param>
internal sealed record FetchProgress(string File, string Mirror, long Bytes, long? Total);

/// <summary>Downloads files from mirrors in turn, resumes broken downloads, and puts each file in place only when it is complete.</summary>
/// <remarks>The bytes that arrived of <c>NAME.gz</c> are kept as <c>NAME.gz.part</c>. A complete file is known by its digest; a file with another digest is
/// deleted, and the next mirror starts from the first byte.</remarks>
/// <param name="http">Sends the requests; its time limit holds for the beginning of an answer only, since a slow download is fine as long as it moves.</param>
/// <param name="mirrors">Folders that hold the files, each ending in a slash, to be tried in this order.</param>
/// <param name="time">The clock of the stall limit.</param>
internal sealed class DataFetch(HttpClient http, IReadOnlyList<Uri> mirrors, TimeProvider time)
{
    private const string Part = ".part";

    /// <summary>How long a mirror may send nothing before the next one is tried.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often one mirror is asked for the rest of a broken download.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Makes sure that a folder holds the files; those there already and whole are left as they are.</summary>
    /// <param name="files">What to fetch.</param>
    /// <param name="folder">Made if need be.</param>
    /// <param name="progress">Receives each piece that arrives; null if nobody watches.</param>
    /// <param name="cancellation">Stops; what has arrived is kept for the next time.</param>
    /// <returns>How many files were fetched.</returns>
    /// <exception cref="DataException">No mirror gave a whole file; the message says what each did.</exception>
    public async Task<int> Fetch(IReadOnlyList<Download> files, string folder, Action<FetchProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        Directory.CreateDirectory(folder);
        var fetched = 0;
        foreach (var file in files)
        {
            if (await file.IsIn(folder, cancellation).ConfigureAwait(false))
                continue;
            var path = Path.Combine(folder, file.Served);
            if (File.Exists(path) && await file.FindFault(path, cancellation).ConfigureAwait(false) is null)
            {
                // Someone put it there by hand.
                await file.Place(path, folder, cancellation).ConfigureAwait(false);
                continue;
            }
            await Fetch(file, path, progress, cancellation).ConfigureAwait(false);
            await file.Place(path + Part, folder, cancellation).ConfigureAwait(false);
            File.Delete(path + Part);
            fetched++;
        }
        return fetched;
    }

    private async Task Fetch(Download file, string path, Action<FetchProgress>? progress, CancellationToken cancellation)
    {
        var part = path + Part;
        var failures = new List<string>();
        foreach (var mirror in mirrors)
        {
            var address = new Uri(mirror, file.Served);
            for (var (attempt, canRetry) = (1, true); canRetry && attempt <= Attempts; attempt++)
            {
                var isResumed = File.Exists(part);
                (var failure, canRetry) = await Download(address, part, progress, cancellation).ConfigureAwait(false);
                if (failure is null)
                {
                    failure = await file.FindFault(part, cancellation).ConfigureAwait(false);
                    if (failure is null)
                        return;
                    // Nothing of it can be used. Two mirrors may have packed one file differently, so a resumed download starts again from
                    // the first byte; one that came whole from this mirror would come the same again.
                    File.Delete(part);
                    canRetry = isResumed;
                }
                if (failures.LastOrDefault() != $"{mirror.Authority}: {failure}")
                    failures.Add($"{mirror.Authority}: {failure}");
            }
        }
        throw new DataException(Path.GetFileName(path), $"a whole file from one of {mirrors.Count} mirrors", $"none ({string.Join("; ", failures)})",
            $"Try again later (what has arrived is kept), or put the file into {Path.GetDirectoryName(path)} yourself.");
    }

    // No failure if all that the mirror has is on disk. CanRetry: asking the same mirror again may help.
    private async Task<(string? Failure, bool CanRetry)> Download(Uri address, string part, Action<FetchProgress>? progress, CancellationToken cancellation)
    {
        using var stalled = new CancellationTokenSource(Stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellation);
        try
        {
            var have = File.Exists(part) ? new FileInfo(part).Length : 0;
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (have > 0)
                request.Headers.Range = new RangeHeaderValue(have, null);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // All of it is here already, or more than all; the checksum decides.
                return response.Content.Headers.ContentRange?.Length == have ? (null, true) : Restart(part, $"has no bytes after {have}");
            }
            if (!response.IsSuccessStatusCode)
                return ($"answered {(int)response.StatusCode} {response.ReasonPhrase}", (int)response.StatusCode >= 500);

            // A mirror that ignores the range sends everything again.
            var range = response.Content.Headers.ContentRange;
            if (response.StatusCode == HttpStatusCode.PartialContent && range?.From != have)
                return Restart(part, $"sent bytes from {range?.From} on, not from {have}");
            var from = response.StatusCode == HttpStatusCode.PartialContent ? have : 0;
            var total = range?.Length ?? response.Content.Headers.ContentLength;

            var arrived = from;
            var content = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await using var disk = new FileStream(part, from > 0 ? FileMode.Append : FileMode.Create);
            var piece = new byte[64 * 1024];
            while (await content.ReadAsync(piece, either.Token).ConfigureAwait(false) is var got and > 0)
            {
                await disk.WriteAsync(piece.AsMemory(0, got), CancellationToken.None).ConfigureAwait(false);
                arrived += got;
                stalled.CancelAfter(Stall);
                progress?.Invoke(new(Path.GetFileNameWithoutExtension(part), address.Authority, arrived, total));
            }
            return (total is { } all && arrived != all ? $"ended after {arrived} of {all} bytes" : null, true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"sent nothing for {Stall.TotalSeconds:0.#} s", false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return ($"broke off ({error.Message.TrimEnd('.')})", true);
        }
    }

    private static (string? Failure, bool CanRetry) Restart(string part, string failure)
    {
        File.Delete(part);
        return (failure, true);
    }
}
