using Microsoft.AspNetCore.Http;
using Sonde.Figures.Pages.Documents;

namespace Sonde.Dashboard.Serving;

/// <summary>Writes changes as server-sent events until the page is closed.</summary>
internal static class EventStream
{
    // Tells both ends that the other is alive.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Writes events until the page or the server goes.</summary>
    public static async Task Write(HttpContext context, ChangeFeed feed, CancellationToken stopping)
    {
        if (feed.Listen() is not { } channel)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("retry: 1000\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            while (!end.IsCancellationRequested)
            {
                var next = channel.Reader.WaitToReadAsync(end.Token).AsTask();
                if (await Task.WhenAny(next, Task.Delay(Quiet, end.Token)) != next)
                    await context.Response.WriteAsync(": \n\n", end.Token);
                while (channel.Reader.TryRead(out var change))
                {
                    var document = DocumentWriter.ToBytes(writer =>
                    {
                        writer.Text("folder", change.Folder);
                        if (change.Trials is { } trials)
                            writer.Texts("trials", trials);
                    });
                    await context.Response.Body.WriteAsync("data: "u8.ToArray().Concat(document).Concat("\n\n"u8.ToArray()).ToArray(), end.Token);
                }
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server stops.
        }
        finally
        {
            feed.Leave(channel);
        }
    }
}
