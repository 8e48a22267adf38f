using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Build.Tests;

/// <summary>A server on a free port of loopback that answers one request after the other, until the test is over.</summary>
internal abstract class FakeServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    protected FakeServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Authority = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        }

        _listener.Prefixes.Add($"http://{Authority}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Host and port.</summary>
    protected string Authority { get; }

    /// <summary>Responds instead of the server, unless it returns null.</summary>
    public Func<HttpListenerRequest, FakeAnswer?> Fault { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
    }

    protected abstract Task AnswerAsync(HttpListenerContext context);

    protected static async Task SendAsync(HttpListenerContext context, FakeAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        context.Response.ContentType = answer.Type;
        var sent = context.Request.HttpMethod == "HEAD" ? [] : answer.Body;
        context.Response.ContentLength64 = sent.Length;
        await context.Response.OutputStream.WriteAsync(sent);
        context.Response.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }
}
