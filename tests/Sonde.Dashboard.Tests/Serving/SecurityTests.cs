using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sonde.Records.Trials;

namespace Sonde.Dashboard.Tests.Serving;

/// <summary>Nothing but a page of the server itself, with the token, reads anything; no path leaves the folder, and no text from a file becomes more.</summary>
public sealed class SecurityTests
{
    private static readonly string[] Routes =
    [
        "/", "/page.js", "/vendored/uPlot.js", "/api/folders", "/api/study?folder=made-up", "/api/curves?folder=made-up", "/api/comparison?folder=made-up",
        "/api/trial?folder=made-up&trial=T", "/api/histograms?folder=made-up&trial=T&quantity=activation", "/api/answers?folder=made-up&trial=T", "/api/events",
        "/no-such-file",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"];

    [Fact]
    public async Task EveryRouteMethodHostOriginAndToken_LetOnlyTheRightOnesPass()
    {
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        var address = new Uri(server.Address);
        var (port, token) = (address.Port, address.Query["?token=".Length..]);
        string[] hosts = [$"127.0.0.1:{port}", $"localhost:{port}", $"evil.example:{port}", $"127.0.0.1:{port + 1}"];
        string?[] origins = [null, $"http://127.0.0.1:{port}", "http://evil.example", "null"];
        string?[] cookies =
        [
            $"sonde-{port}={token}", null, $"sonde-{port}={token[..^1]}", $"sonde-{port + 1}={token}",
        ];
        var (passed, tried) = (0, 0);
        foreach (var route in Routes)
            foreach (var method in Methods)
                foreach (var host in hosts)
                    foreach (var origin in origins)
                        foreach (var cookie in cookies)
                        {
                            var isRight = method is "GET" or "HEAD" && Array.IndexOf(hosts, host) < 2 && Array.IndexOf(origins, origin) < 2
                                && cookie == cookies[0];
                            // The right ones are tried elsewhere, and one of them never ends.
                            if (isRight)
                                continue;
                            tried++;
                            var path = route.Replace("=T", $"={run.Ids[0]}", StringComparison.Ordinal);
                            var answer = await Send(port, $"{method} {path} HTTP/1.1", $"Host: {host}",
                                origin is null ? null : $"Origin: {origin}", cookie is null ? null : $"Cookie: {cookie}");
                            if (answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 3", StringComparison.Ordinal))
                                passed++;
                        }
        Assert.Equal(0, passed);
        Assert.True(tried > 3_000, $"{tried} requests were tried");
    }

    [Fact]
    public async Task TheTokenInAnAddress_IsGoodForTheFirstPageAlone()
    {
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        var (port, query) = (new Uri(server.Address).Port, new Uri(server.Address).Query);
        var first = await Send(port, $"GET /{query} HTTP/1.1", $"Host: 127.0.0.1:{port}");
        Assert.StartsWith("HTTP/1.1 200", first, StringComparison.Ordinal);
        Assert.Contains("samesite=strict; httponly", first, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", first, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Send(port, $"GET /api/folders{query} HTTP/1.1", $"Host: 127.0.0.1:{port}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Send(port, "GET /?token= HTTP/1.1", $"Host: 127.0.0.1:{port}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await Send(port, $"GET /api/folders HTTP/1.1", $"Host: 127.0.0.1:{port}", "Sec-Fetch-Site: cross-site",
            $"Cookie: sonde-{port}={query["?token=".Length..]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheServer_ListensOnLoopbackAlone()
    {
        using var run = new MadeUpRun();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        var others = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(end => end.Port == new Uri(server.Address).Port).ToList();
        Assert.Equal(["127.0.0.1"], others.Select(end => end.Address.ToString()));
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/vendored/../../secret.txt")]
    [InlineData("//etc/passwd")]
    [InlineData("/page.js/../../secret.txt")]
    [InlineData("/api/study?folder=../secret")]
    [InlineData("/api/study?folder=%2e%2e%2fsecret")]
    [InlineData("/api/study?folder=/etc")]
    [InlineData("/api/trial?folder=made-up&trial=../../../secret")]
    [InlineData("/api/trial?folder=made-up&trial=..%2f..%2fsecret")]
    [InlineData("/api/trial?folder=made-up&trial=%00")]
    [InlineData("/api/histograms?folder=made-up&trial=.&quantity=../../secret")]
    [InlineData("/api/curves?folder=made-up%00/../secret")]
    public async Task APathTrick_FindsNothing(string path)
    {
        using var run = MadeUpRun.Done();
        File.WriteAllText(Path.Combine(run.Parent, "secret.txt"), "the secret");
        await using var client = await Client.Open(run.Directory);
        var port = client.Address.Port;
        var answer = await Send(port, $"GET {path} HTTP/1.1", $"Host: 127.0.0.1:{port}", $"Cookie: sonde-{port}={client.Address.Query["?token=".Length..]}");
        Assert.Matches("^HTTP/1.1 (400|404)", answer);
        Assert.DoesNotContain("the secret", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trial")]
    [InlineData("manifest")]
    [InlineData("table")]
    [InlineData("study")]
    public async Task ALinkThatLeavesTheFolder_IsNotFollowed(string what)
    {
        using var run = MadeUpRun.Done();
        using var elsewhere = MadeUpRun.Done();
        elsewhere.Rewrite(elsewhere.Ids[0], text => text.Replace("\"status\": \"done\"",
            "\"status\": \"failed\", \"message\": \"the secret\"", StringComparison.Ordinal));
        var id = run.Ids[0];
        var (place, target) = what switch
        {
            "trial" => (run.PathOf(id, ""), elsewhere.PathOf(id, "")),
            "manifest" => (run.PathOf(id, "trial.json"), elsewhere.PathOf(id, "trial.json")),
            "table" => (run.PathOf(id, "curve"), elsewhere.PathOf(id, "curve")),
            _ => (Path.Combine(run.Directory, "study.yaml"), Path.Combine(elsewhere.Directory, "study.yaml")),
        };
        place = place.TrimEnd('/');
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        else
            File.Delete(place);
        File.CreateSymbolicLink(place, target.TrimEnd('/'));
        await using var client = await Client.Open(run.Directory);
        var study = await client.Get("/api/study?folder=made-up");
        var trial = await (await client.Ask($"/api/trial?folder=made-up&trial={id}")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("the secret", study.ToJsonString() + trial, StringComparison.Ordinal);
        if (what != "study")
            Assert.Contains("leads out of the folder", trial, StringComparison.Ordinal);
        var others = await client.Get($"/api/trial?folder=made-up&trial={run.Ids[1]}");
        Assert.Equal(run.Ids[1], (string?)others["id"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheIndexOfALargeFolder_IsWrittenInsideOfItAlone(bool isLink)
    {
        using var run = MadeUpRun.Many(500, 2);
        var index = Path.Combine(run.Directory, "index");
        var elsewhere = Directory.CreateDirectory(Path.Combine(run.Parent, "elsewhere")).FullName;
        if (isLink)
            Directory.CreateSymbolicLink(index, elsewhere);
        await using var client = await Client.Open(run.Directory);
        // A document of one trial waits until all were read.
        Assert.Equal("trial-00499", (string?)(await client.Get("/api/trial?folder=many&trial=trial-00499"))["id"]);
        Assert.Equal(!isLink, File.Exists(Path.Combine(index, "trials.parquet")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public async Task AFolderThatIsALinkItself_AndALinkInside_AreRead()
    {
        using var run = MadeUpRun.Done();
        var moved = Path.Combine(run.Directory, "moved");
        Directory.Move(run.PathOf(run.Ids[0], ""), moved);
        File.CreateSymbolicLink(run.PathOf(run.Ids[0], "").TrimEnd('/'), moved);
        var link = Path.Combine(run.Parent, "link");
        File.CreateSymbolicLink(link, run.Directory);
        await using var client = await Client.Open(link);
        Assert.Equal(run.Ids[0], (string?)(await client.Get($"/api/trial?folder=link&trial={run.Ids[0]}"))["id"]);
    }

    [Fact]
    public async Task HostileWords_StayText()
    {
        using var run = new MadeUpRun();
        run.End(0, TrialStatus.Failed, "</script><img src=x onerror=hacked=1>");
        run.Rewrite(run.Ids[0], text => text.Replace("\"tanh\"", "\"<script>hacked=1</script>\"", StringComparison.Ordinal));
        await using var client = await Client.Open(run.Directory);
        var answer = await client.Ask("/api/study?folder=made-up");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain('<', text);
        Assert.Equal("</script><img src=x onerror=hacked=1>", (string?)(await client.Get("/api/study?folder=made-up"))["message"]![0]);
    }

    [Fact]
    public async Task ATokenOfAnotherServer_IsRefused()
    {
        using var run = new MadeUpRun();
        await using var one = await DashboardServer.StartAsync([run.Directory]);
        await using var other = await DashboardServer.StartAsync([run.Directory]);
        var (port, query) = (new Uri(other.Address).Port, new Uri(one.Address).Query);
        Assert.StartsWith("HTTP/1.1 401", await Send(port, $"GET /{query} HTTP/1.1", $"Host: 127.0.0.1:{port}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    public async Task AnotherMethod_IsRefusedWithTheTokenToo(string method)
    {
        using var run = new MadeUpRun();
        await using var client = await Client.Open(run.Directory);
        var port = client.Address.Port;
        var answer = await Send(port, $"{method} /api/folders HTTP/1.1", $"Host: 127.0.0.1:{port}",
            $"Cookie: sonde-{port}={client.Address.Query["?token=".Length..]}");
        Assert.Matches("^HTTP/1.1 (400|405)", answer);
    }

    // Bytes as they are: a client of the library would mend what is wrong with them.
    private static async Task<string> Send(int port, params string?[] lines)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        var request = string.Join("\r\n", [.. lines.OfType<string>(), "Connection: close", "", ""]);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new StreamReader(socket.GetStream(), Encoding.UTF8);
        try
        {
            return await answer.ReadToEndAsync();
        }
        catch (IOException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"closed by port {port}");
        }
    }
}
