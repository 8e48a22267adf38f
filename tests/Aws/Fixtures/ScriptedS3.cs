using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Slipway.Registry.Storage.S3;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>
/// A server on loopback that responds to each request with the bytes that a test has written: failures of S3 that no emulator has.
/// </summary>
internal sealed class ScriptedS3 : IAsyncDisposable
{
    public const string Bucket = "my-bucket";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<S3Request, S3Reply> _script;
    private readonly Task _accepting;

    public ScriptedS3(Func<S3Request, S3Reply> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Sends one after the other, and repeats the last one.</summary>
    public ScriptedS3(params S3Reply[] replies) : this(request => replies[Math.Min(request.Number, replies.Length - 1)])
    {
    }

    public ConcurrentQueue<S3Request> Requests { get; } = [];

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public S3ObjectStore Open(TimeSpan? timeout = null, TimeProvider? time = null, S3Limits? limits = null) => Open(Url, timeout, time, limits);

    /// <summary>The same through a proxy.</summary>
    public static S3ObjectStore Open(Uri url, TimeSpan? timeout = null, TimeProvider? time = null, S3Limits? limits = null)
    {
        var config = S3Client.Configure();
        config.ServiceURL = url.AbsoluteUri;
        (config.AuthenticationRegion, config.ForcePathStyle) = ("us-east-1", true);
        config.Timeout = timeout ?? TimeSpan.FromSeconds(20);
        return new(new AmazonS3Client(new BasicAWSCredentials("test", "test"), config), Bucket, time ?? TimeProvider.System, limits ?? S3Limits.Standard);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // the test is over; a listener that was stopped between two connections calls the next wait invalid
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = connection.GetStream();
                while (await S3Request.ReadAsync(stream, Requests.Count, _end.Token) is { } request)
                {
                    Requests.Enqueue(request);
                    var reply = _script(request);
                    if (reply.Hangs)
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                    await stream.WriteAsync(reply.Bytes(request), _end.Token);
                    if (reply.HangsAfter)
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                    if (!reply.Breaks)
                        continue;
                    connection.LingerState = new(enable: true, seconds: 0); // a reset, not an end
                    return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // the client has hung up, or the test is over
            }
        }
    }
}

/// <param name="Number">Counted from 0.</param>
internal sealed record S3Request(int Number, string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<S3Request?> ReadAsync(Stream stream, int number, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
                return null;
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellation);
        if (headers.TryGetValue("Content-Length", out var length))
            await stream.ReadExactlyAsync(new byte[int.Parse(length, CultureInfo.InvariantCulture)], cancellation);
        var words = lines[0].Split(' ');
        return new(number, words[0], words[1], headers);
    }
}

/// <summary>A response of S3, complete or not.</summary>
internal sealed record S3Reply(int Status, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Accepts the request and never says a word.</summary>
    public static S3Reply Hang { get; } = new(200, "") { Hangs = true };

    /// <summary>Disconnects instead of responding.</summary>
    public static S3Reply Reset { get; } = new(0, "") { Breaks = true };

    /// <summary>With an ETag such as that of an object in parts: the SDK takes another for an MD5, and checks it.</summary>
    public static S3Reply Written { get; } = new(200, "", ("ETag", "\"e1-1\""), ("x-amz-version-id", "v1"));

    public bool Hangs { get; private init; }
    public bool HangsAfter { get; private init; }
    public bool Breaks { get; private init; }

    /// <summary>The length in the headers, if that of the body differs.</summary>
    public int? Promised { get; private init; }

    public static S3Reply Found(string body, params (string Name, string Value)[] headers) =>
        new(200, body, [("ETag", "\"e1-1\""), ("x-amz-version-id", "v1"), ("Last-Modified", "Mon, 02 Mar 2026 10:00:00 GMT"), .. headers]);

    public static S3Reply Error(int status, string code, string message = "Sorry", string more = "", params (string Name, string Value)[] headers) =>
        new(status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message>{more}<RequestId>r1</RequestId></Error>", headers);

    public S3Reply ThenReset(int promised) => this with { Promised = promised, Breaks = true };

    public S3Reply ThenHang(int promised) => this with { Promised = promised, HangsAfter = true };

    public byte[] Bytes(S3Request request)
    {
        if (Status == 0)
            return [];
        var length = Promised ?? Encoding.UTF8.GetByteCount(Body);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Said\r\nContent-Length: {length}\r\n");
        foreach (var (name, value) in Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        var body = request.Method == "HEAD" || Status == 304 ? "" : Body;
        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString());
    }
}
