using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>A caller that sends bytes which no HTTP client would send; text is encoded as Latin-1.</summary>
public sealed class RawCaller : IDisposable
{
    private readonly TcpClient _client = new();

    /// <summary>Sends a request and returns everything that the gateway sends until it closes the connection.</summary>
    public static async Task<string> SendAsync(Uri gateway, string request)
    {
        using var caller = await ConnectAsync(gateway);
        await caller.WriteAsync(request);
        return await caller.ReadToEndAsync();
    }

    public static async Task<RawCaller> ConnectAsync(Uri gateway)
    {
        var caller = new RawCaller();
        await caller._client.ConnectAsync(IPAddress.Loopback, gateway.Port);
        return caller;
    }

    public async Task WriteAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var reader = new StreamReader(_client.GetStream(), Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(limit.Token);
    }

    public void Dispose() => _client.Dispose();
}
