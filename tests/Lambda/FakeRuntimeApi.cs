using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Slipway.Automation.Lambda.Tests;

/// <summary>Lambda's Runtime API on loopback: passes on the events that the test queues, and records the responses.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly HttpListener _listener = new();
    private readonly Channel<Handed> _events = Channel.CreateBounded<Handed>(100);
    private readonly Channel<Posted> _posts = Channel.CreateBounded<Posted>(100);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private int _queued;

    public FakeRuntimeApi()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        }

        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Host { get; }

    /// <summary>Completes when the first event is requested.</summary>
    public TaskCompletionSource FirstNext { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int StatusOfAnswers { get; set; } = 202;

    /// <returns>The request id.</returns>
    public string Queue(string payload, DateTimeOffset deadline, string? trace = null)
    {
        var id = $"request-{++_queued}";
        Assert.That(_events.Writer.TryWrite(new(id, payload, deadline, trace)), Is.True);
        return id;
    }

    /// <summary>The next response, in order of arrival.</summary>
    public async Task<Posted> AnsweredAsync()
    {
        using var deadline = new CancellationTokenSource(Timeout);
        return await _posts.Reader.ReadAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Abort();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (!_end.IsCancellationRequested)
                open.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
        }

        await Task.WhenAll(open);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath;
            Assert.That(path, Does.StartWith("/2018-06-01/runtime/"));
            if (context.Request.HttpMethod == "GET")
                await HandOverAsync(context.Response);
            else
                await TakeAsync(context, path["/2018-06-01/runtime/".Length..]);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or ObjectDisposedException or IOException)
        {
        }
    }

    private async Task HandOverAsync(HttpListenerResponse response)
    {
        FirstNext.TrySetResult();
        var handed = await _events.Reader.ReadAsync(_end.Token);
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = handed.Id;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = handed.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        if (handed.Trace is not null)
            response.Headers["Lambda-Runtime-Trace-Id"] = handed.Trace;
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(handed.Payload));
        response.Close();
    }

    private async Task TakeAsync(HttpListenerContext context, string path)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = StatusOfAnswers;
        context.Response.Close();
        _posts.Writer.TryWrite(new(path, body, context.Request.Headers["Lambda-Runtime-Function-Error-Type"], context.Request.ContentType));
    }

    private sealed record Handed(string Id, string Payload, DateTimeOffset Deadline, string? Trace);
}

/// <param name="Path">Below <c>/2018-06-01/runtime/</c>.</param>
internal sealed record Posted(string Path, string Body, string? ErrorType, string? ContentType);
