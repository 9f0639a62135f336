using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>A headless browser of the system, driven by its own protocol over a socket.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    // Long, because other tests may use all cores; nothing waits for it but a page that is broken.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly string profile;
    private readonly string endpoint;

    private Browser(Process process, string profile, string endpoint) => (this.process, this.profile, this.endpoint) = (process, profile, endpoint);

    /// <summary>Why there is no browser here; null if there is one.</summary>
    public static string? Missing => Executable is null
        ? "No browser was found. Install Debian's package chromium, or name a Chromium in SONDE_BROWSER." : null;

    private static string? Executable { get; } = Environment.GetEnvironmentVariable("SONDE_BROWSER") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);

    public static async Task<Browser> Start()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var profile = Directory.CreateTempSubdirectory("sonde-browser-").FullName;
        var start = new ProcessStartInfo(Executable!) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
            $"--user-data-dir={profile}", "about:blank",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var found = new TaskCompletionSource<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && DevToolsLine().Match(text) is { Success: true } match)
                found.TrySetResult(match.Groups["port"].Value);
        };
        process.BeginErrorReadLine();
        return new(process, profile, $"http://127.0.0.1:{await found.Task.WaitAsync(Patience)}");
    }

    /// <summary>Opens a tab.</summary>
    public async Task<Tab> Open(string address, int width = 1200, int height = 900, bool isDark = false)
    {
        using var http = new HttpClient();
        using var answer = await http.PutAsync($"{endpoint}/json/new?about:blank", null);
        var target = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new((string)target["webSocketDebuggerUrl"]!), CancellationToken.None);
        var tab = new Tab(socket);
        await tab.Begin(width, height, isDark);
        await tab.Go(address);
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        // The browser's helpers may hold files for a moment longer.
        for (var attempt = 0; Directory.Exists(profile) && attempt < 20; attempt++)
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
    }

    [GeneratedRegex(@"ws://127\.0\.0\.1:(?<port>\d+)/")]
    private static partial Regex DevToolsLine();

    /// <summary>A tab.</summary>
    internal sealed class Tab(ClientWebSocket socket) : IAsyncDisposable
    {
        private readonly Dictionary<int, TaskCompletionSource<JsonNode>> waiting = [];
        private readonly SemaphoreSlim sending = new(1);
        private Task? reading;
        private int last;

        /// <summary>Errors that scripts threw, and what the browser refused.</summary>
        public List<string> Errors { get; } = [];

        public async Task Begin(int width, int height, bool isDark)
        {
            reading = Task.Run(Read);
            foreach (var domain in (string[])["Runtime", "Log", "Page"])
                await Call($"{domain}.enable", new JsonObject());
            await Call("Emulation.setDeviceMetricsOverride", new JsonObject
            {
                ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false,
            });
            if (isDark)
                await Call("Emulation.setEmulatedMedia", new JsonObject
                {
                    ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }),
                });
        }

        public async Task Go(string address) => await Call("Page.navigate", new JsonObject { ["url"] = address });

        /// <summary>Runs an expression in the page and returns its value.</summary>
        public async Task<JsonNode?> Run(string expression)
        {
            var answer = await Call("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
            return answer["exceptionDetails"] is { } thrown ? throw new InvalidOperationException($"{expression}\n{thrown.ToJsonString()}")
                : answer["result"]?["value"];
        }

        /// <summary>Waits until an expression is true, and returns how long that took.</summary>
        public async Task<TimeSpan> Until(string expression)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < Patience)
            {
                try
                {
                    if (await Run($"Boolean({expression})") is JsonValue value && value.GetValue<bool>())
                        return Stopwatch.GetElapsedTime(start);
                }
                catch (InvalidOperationException)
                {
                    // The element is not there yet.
                }
                await Task.Delay(30);
            }
            throw new TimeoutException($"Expected '{expression}', which is still false. The page shows: {await Run("document.body.innerText.slice(0, 1500)")}\n"
                + string.Join('\n', Errors));
        }

        /// <summary>Presses a key.</summary>
        public async Task Press(string key, int code = 0, string? text = null)
        {
            foreach (var type in (string[])["keyDown", "keyUp"])
            {
                var parameters = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key == " " ? "Space" : key, ["windowsVirtualKeyCode"] = code };
                if (text is not null && type == "keyDown")
                    parameters["text"] = text;
                await Call("Input.dispatchKeyEvent", parameters);
            }
        }

        /// <summary>Moves the pointer, and clicks if asked.</summary>
        public async Task Point(double x, double y, bool clicks = false)
        {
            foreach (var type in clicks ? (string[])["mouseMoved", "mousePressed", "mouseReleased"] : ["mouseMoved"])
                await Call("Input.dispatchMouseEvent", new JsonObject
                {
                    ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = type == "mouseMoved" ? "none" : "left", ["clickCount"] = 1,
                });
        }

        /// <summary>Shows the page as on paper.</summary>
        public async Task Print() => await Call("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });

        /// <summary>Returns a picture of the page as PNG.</summary>
        public async Task<byte[]> Picture() =>
            Convert.FromBase64String((string)(await Call("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!);

        public async ValueTask DisposeAsync()
        {
            socket.Abort();
            if (reading is not null)
                await reading;
            socket.Dispose();
            sending.Dispose();
        }

        private async Task<JsonNode> Call(string method, JsonObject parameters)
        {
            var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
            int id;
            lock (waiting)
                waiting[id = ++last] = answer;
            await sending.WaitAsync();
            try
            {
                var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
            }
            finally
            {
                sending.Release();
            }
            return await answer.Task.WaitAsync(Patience);
        }

        private async Task Read()
        {
            var buffer = new byte[1 << 16];
            try
            {
                while (true)
                {
                    using var message = new MemoryStream();
                    ValueWebSocketReceiveResult part;
                    do
                    {
                        part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                        message.Write(buffer, 0, part.Count);
                    }
                    while (!part.EndOfMessage);
                    if (part.MessageType == WebSocketMessageType.Close)
                        return;
                    Take(JsonNode.Parse(message.ToArray())!);
                }
            }
            catch (Exception end) when (end is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The tab was closed.
            }
        }

        private void Take(JsonNode message)
        {
            if (message["id"] is { } id)
            {
                TaskCompletionSource<JsonNode>? answer;
                lock (waiting)
                    waiting.Remove((int)id, out answer);
                if (message["error"] is { } error)
                    answer?.SetException(new InvalidOperationException(error.ToJsonString()));
                else
                    answer?.SetResult(message["result"]!);
            }
            else if ((string?)message["method"] == "Runtime.exceptionThrown")
                Errors.Add(message["params"]!["exceptionDetails"]!.ToJsonString(JsonSerializerOptions.Default));
            else if ((string?)message["method"] == "Log.entryAdded" && (string?)message["params"]!["entry"]!["level"] == "error")
                Errors.Add(string.Create(CultureInfo.InvariantCulture, $"{message["params"]!["entry"]!["text"]}"));
        }
    }
}
