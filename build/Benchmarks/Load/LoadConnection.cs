using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Benchmarks.Load;

/// <summary>One persistent connection: a request, its response, the next request.</summary>
public sealed class LoadConnection(LoadJob job, LoadWindow window) : IDisposable
{
    // stops after this many failures
    private const int MaxFailures = 100;

    private readonly byte[] _request = Request(job);
    private readonly SeenValues _seen = new(job.Watch);
    private AnswerReader? _reader;
    private long _asked;
    private bool _isScheduled;

    /// <summary>Readable when a response has arrived; null without a connection.</summary>
    public Socket? Socket { get; private set; }

    public LatencyHistogram Latencies { get; } = new();

    public long Failed { get; private set; }

    public string? Failure { get; private set; }

    public IEnumerable<SeenValue> Seen => _seen.All;

    public bool IsDone => window.Now >= window.End || HasGivenUp || Latencies.Count >= window.MaxRequests;

    public bool HasGivenUp => Failed >= MaxFailures;

    /// <summary>Sends the request, over a new connection if the last one was closed.</summary>
    public void Send() => SendAsOf(window.Now);

    /// <summary>The same for a request that was due before: its latency counts from then, and whenever it is answered.</summary>
    public void Send(long due)
    {
        _isScheduled = true;
        SendAsOf(due);
    }

    private void SendAsOf(long asked)
    {
        _asked = asked;
        Try(() =>
        {
            if (Socket is null)
                Connect();
            for (var sent = 0; sent < _request.Length;)
                sent += Socket!.Send(_request.AsSpan(sent));
        });
    }

    /// <summary>Reads the response, and waits for the rest if only a part has arrived.</summary>
    public void Take() => Try(() =>
    {
        _reader!.Next();
        var answered = window.Now;
        if (_reader.Status != 200)
            throw new IOException($"status {_reader.Status.ToString(CultureInfo.InvariantCulture)}");
        _seen.Add(_reader, answered);
        if (_asked >= window.Start && (_isScheduled || answered <= window.End))
            Latencies.Add(answered - _asked);
        if (_reader.Closes)
            Dispose();
    });

    /// <summary>Abandons a response that is late.</summary>
    public void Check()
    {
        if (window.Time.GetElapsedTime(_asked) > LoadWindow.Timeout)
            Try(() => throw new IOException($"no response within {LoadWindow.Timeout.TotalSeconds} s"));
    }

    public void Dispose()
    {
        Socket?.Dispose();
        Socket = null;
    }

    private void Connect()
    {
        var timeout = (int)LoadWindow.Timeout.TotalMilliseconds;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = timeout, ReceiveTimeout = timeout };
        Socket = socket;
        socket.Connect(IPAddress.Parse(job.Url.Host), job.Url.Port);
        _reader = new(memory => socket.Receive(memory.Span));
    }

    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Failed++;
            Failure ??= e.Message;
            Dispose();
        }
    }

    private static byte[] Request(LoadJob job) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {job.Url.PathAndQuery} HTTP/1.1\r\nHost: {job.Url.Authority}\r\nContent-Type: {job.ContentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(job.Body)}\r\n\r\n{job.Body}"));
}
