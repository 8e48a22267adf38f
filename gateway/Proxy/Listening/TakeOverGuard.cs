using System.Net;
using System.Text.Json;
using Slipway.Gateway.Options;
using Slipway.Registry;

namespace Slipway.Gateway.Listening;

/// <summary>
/// Checks before a port is shared that it belongs to a gateway of the same name on the same store, because the new listener takes over its
/// connections, and that only one gateway has it.
/// </summary>
public sealed class TakeOverGuard(GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (!options.TakeOver || !OperatingSystem.IsLinux())
            return;
        foreach (var url in new[] { options.Url, options.PrivateUrl }.Where(url => url.Port != 0))
        {
            var endPoint = Listeners.EndPointOf(url);
            if (ListeningSockets.Count(endPoint) == 0)
                continue;
            if (await WhoAnswersAsync(endPoint, cancellation) != GatewayIdentity.Of(options))
                throw new SlipwayException($"Port {endPoint.Port} is in use, but not by the gateway '{options.Gateway}' of this store; choose another port with --Url= and --PrivateUrl=, or stop the process that uses it.");
            await WaitForRoomAsync(endPoint, cancellation);
        }
    }

    private async Task WaitForRoomAsync(IPEndPoint endPoint, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (ListeningSockets.Count(endPoint) > 1)
        {
            if (time.GetElapsedTime(started) > Timeout)
                throw new SlipwayException($"Port {endPoint.Port} is already being handed over between two gateways; wait until the older one has stopped, or stop it.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }
    }

    private static async Task<string?> WhoAnswersAsync(IPEndPoint endPoint, CancellationToken cancellation)
    {
        var reachable = endPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endPoint.Address;
        using var client = DirectHttpClient.Create(TimeSpan.FromSeconds(2));
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync($"http://{new IPEndPoint(reachable, endPoint.Port)}/livez", cancellation));
            return answer.RootElement.GetProperty("identity").GetString();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
