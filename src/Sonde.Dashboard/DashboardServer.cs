using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Sonde.Dashboard.Access;
using Sonde.Dashboard.Folders;
using Sonde.Dashboard.Serving;
using Sonde.Data.Fetching;
using Sonde.Figures.Pages;
using Sonde.Figures.Pages.Documents;
using Sonde.Studies;

namespace Sonde.Dashboard;

/// <summary>Serves run folders as pages on this machine alone. It only reads.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private const int MostConnections = 200, MostRequestLine = 4096, MostHeaders = 32_768;

    private readonly WebApplication application;
    private readonly CancellationTokenSource stopping = new();
    private readonly ChangeFeed feed;
    private readonly Task watching;

    private DashboardServer(WebApplication application, string address, ChangeFeed feed) =>
        (this.application, Address, this.feed, watching) = (application, address, feed, Task.Run(() => feed.Run(stopping.Token)));

    /// <summary>The address to open, with its token: <c>http://127.0.0.1:8510/?token=...</c>.</summary>
    public string Address { get; }

    /// <summary>Starts a server that listens on 127.0.0.1.</summary>
    /// <param name="folders">Run folders, or folders with run folders in them.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<DashboardServer> StartAsync(IReadOnlyList<string> folders, int port = 0) => StartAsync(folders, port, _ => []);

    /// <inheritdoc cref="StartAsync(IReadOnlyList{string}, int)"/>
    /// <param name="folders">Run folders, or folders with run folders in them.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="findGhosts">Finds published curves of the model that a setting describes.</param>
    public static async Task<DashboardServer> StartAsync(
        IReadOnlyList<string> folders, int port, Func<RecordedSetting, IReadOnlyList<GhostCurve>> findGhosts)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port);
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxRequestLineSize = MostRequestLine;
            options.Limits.MaxRequestHeadersTotalSize = MostHeaders;
        });
        var application = builder.Build();
        var runs = new RunFolders([.. folders]);
        var feed = new ChangeFeed(runs, TimeProvider.System);
        DashboardServer? server = null;
        Gate? gate = null;
        var documents = new DocumentRoutes(runs, findGhosts, DataFolder.OfUser(), TimeProvider.System);
        // Requests that come before the port is known wait in the queue of the socket for an instant.
        var ready = new TaskCompletionSource();
        application.Run(async context =>
        {
            await ready.Task;
            await Answer(context, gate!, documents, feed, server!.stopping.Token);
        });
        try
        {
            await application.StartAsync();
        }
        catch (IOException taken)
        {
            await application.DisposeAsync();
            throw new IOException($"Port {port} is taken by another program. Name another with --port, or --port 0 for a free one.", taken);
        }
        catch (SocketException denied)
        {
            await application.DisposeAsync();
            throw new IOException($"Port {port} cannot be used ({denied.Message}). Name another with --port, or --port 0 for a free one.", denied);
        }
        var bound = new Uri(application.Urls.First()).Port;
        gate = new(bound);
        server = new(application, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{bound}/?token={gate.Token}"), feed);
        // The folders are searched after the address is known, so that a slow disk does not delay it.
        _ = Task.Run(() =>
        {
            runs.Search();
            ready.SetResult();
        });
        return server;
    }

    /// <summary>Stops the server and ends open answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.StopAsync();
        await application.DisposeAsync();
        try
        {
            await watching;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        stopping.Dispose();
    }

    private static async Task Answer(HttpContext context, Gate gate, DocumentRoutes documents, ChangeFeed feed, CancellationToken stopping)
    {
        Gate.AddHeaders(context);
        if (gate.FindRefusal(context.Request) is var (status, reason))
        {
            context.Response.StatusCode = status;
            await WriteText(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(reason + "\n"));
            return;
        }
        var path = context.Request.Path.Value ?? "";
        if (path == "/api/events")
            await EventStream.Write(context, feed, stopping);
        else if (PageFiles.Find(path) is { } file)
        {
            gate.AddCookie(context);
            await WriteText(context, file.Type, file.Content);
        }
        else if (documents.Find(path, context.Request.Query) is { } document)
            await WriteText(context, "application/json; charset=utf-8", document);
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await WriteText(context, "application/json; charset=utf-8", DocumentWriter.Problem("There is nothing of this name here; it may be gone by now."));
        }
    }

    private static async Task WriteText(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content);
    }
}
