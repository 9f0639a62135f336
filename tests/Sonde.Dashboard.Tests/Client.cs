using System.Net;
using System.Text.Json.Nodes;

namespace Sonde.Dashboard.Tests;

/// <summary>A server over a folder, and a client that holds its token.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly DashboardServer server;
    private readonly HttpClient http;

    private Client(DashboardServer server)
    {
        this.server = server;
        Address = new(server.Address);
        http = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new(Address.GetLeftPart(UriPartial.Authority)) };
    }

    /// <summary>The printed address.</summary>
    public Uri Address { get; }

    public static async Task<Client> Open(params string[] folders)
    {
        var client = new Client(await DashboardServer.StartAsync(folders));
        (await client.http.GetAsync(client.Address.PathAndQuery)).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Returns a document.</summary>
    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await http.GetStringAsync(path))!;

    /// <summary>Asks for a path as the page does.</summary>
    public Task<HttpResponseMessage> Ask(string path) => http.GetAsync(path);

    /// <summary>Opens the stream of changes.</summary>
    public async Task<StreamReader> Listen() => new(await http.GetStreamAsync("/api/events"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }
}
