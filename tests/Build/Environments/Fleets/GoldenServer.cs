using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Build.Tests.Environments.Fleets;

/// <summary>A server on loopback that predicts the same for every request.</summary>
internal sealed class GoldenServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    /// <param name="predictions">As JSON, without brackets.</param>
    public GoldenServer(string predictions)
    {
        _answer = Encoding.UTF8.GetBytes($$"""{"outputs":[{"name":"probability","data":[{{predictions}}]}]}""");
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public List<string> Asked { get; } = [];

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                Asked.Add(context.Request.Url!.AbsolutePath);
                context.Response.ContentType = "application/json";
                context.Response.Close(_answer, willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // it was closed
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }
}
