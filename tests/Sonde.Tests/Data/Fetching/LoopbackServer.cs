using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sonde.Tests.Data.Fetching;

/// <summary>How a <see cref="LoopbackServer"/> answers one request.</summary>
internal enum Answer
{
    Whole,
    IgnoresRange,
    CutsHalfway,
    StallsHalfway,
    Corrupts,
    NotFound,
    Fails,
}

/// <summary>An HTTP server on this machine that misbehaves as its script says; after the script ends, the last answer repeats.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly byte[] content;
    private readonly Queue<Answer> script;

    public LoopbackServer(byte[] content, params Answer[] script)
    {
        this.content = content;
        this.script = new(script);
        listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/mnist/");
        _ = Serve();
    }

    public Uri Address { get; }

    /// <summary>Path and first byte asked for, of each request.</summary>
    public List<(string Path, long From)> Requests { get; } = [];

    public Action Stalled { get; set; } = () => { };

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        closing.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                await Answer(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
        {
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync(closing.Token))!.Split(' ')[1];
        long from = 0;
        while (await reader.ReadLineAsync(closing.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(line[13..^1], CultureInfo.InvariantCulture);
        }
        Requests.Add((path, from));
        var answer = script.Count > 1 ? script.Dequeue() : script.Peek();
        if (answer == Fetching.Answer.IgnoresRange)
            from = 0;
        var body = content.ToArray();
        if (answer == Fetching.Answer.Corrupts)
            body[body.Length / 2] ^= 0xFF;
        var status = answer switch
        {
            Fetching.Answer.NotFound => "404 Not Found",
            Fetching.Answer.Fails => "503 Service Unavailable",
            _ when from >= body.Length => "416 Range Not Satisfiable",
            _ => from > 0 ? "206 Partial Content" : "200 OK",
        };
        if (!status.StartsWith('2'))
        {
            await Send(stream, $"HTTP/1.1 {status}\r\nContent-Range: bytes */{body.Length}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []);
            return;
        }
        var range = from > 0 ? $"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}\r\n" : "";
        var cut = answer is Fetching.Answer.CutsHalfway or Fetching.Answer.StallsHalfway ? (int)(from + (body.Length - from) / 2) : body.Length;
        await Send(stream, $"HTTP/1.1 {status}\r\n{range}Content-Length: {body.Length - from}\r\nConnection: close\r\n\r\n", body[(int)from..cut]);
        if (answer == Fetching.Answer.StallsHalfway)
        {
            Stalled();
            // The other side hangs up.
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, closing.Token);
        }
    }

    private async Task Send(NetworkStream stream, string header, byte[] body)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(header), closing.Token);
        await stream.WriteAsync(body, closing.Token);
        await stream.FlushAsync(closing.Token);
    }
}
