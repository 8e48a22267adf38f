using System.Net;
using System.Net.Http.Json;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Requests the health and the traffic of a gateway.</summary>
public sealed class GatewayClient(ServiceRecord gateway, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(5));

    public async Task WaitUntilHealthyAsync(IServiceHost services, TimeSpan timeout, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < timeout)
        {
            if (!services.IsRunning(gateway))
                throw new SlipwayException($"The gateway exited during startup. {services.Printed(gateway)}");
            // The private listener belongs to this process alone; requests to the public port may still reach the previous one.
            if (await StatusAsync(cancellation) is not null && await AnswersAsync(cancellation))
                return;
            await Task.Delay(Pause, time, cancellation);
        }

        throw new SlipwayException(
            $"The gateway had no healthy server to send traffic to after {timeout.TotalSeconds} s. {services.Printed(gateway)}");
    }

    /// <summary>Null if it does not respond.</summary>
    public async Task<TrafficStatus?> StatusAsync(CancellationToken cancellation)
    {
        try
        {
            return await _http.GetFromJsonAsync(
                $"{gateway.PrivateUrl}/api/status", RegistryJson.Default.TrafficStatus, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException || IsTimeout(e, cancellation))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync($"{gateway.Url}/healthz", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException || IsTimeout(e, cancellation))
        {
            return false;
        }
    }

    private static bool IsTimeout(Exception e, CancellationToken cancellation) =>
        e is TaskCanceledException && !cancellation.IsCancellationRequested;
}
