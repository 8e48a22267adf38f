using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Gateway.Probes;

public enum ProbeOutcome
{
    /// <summary>The golden answer.</summary>
    Right,

    /// <summary>Another answer, or one that cannot be read.</summary>
    Wrong,

    /// <summary>An error.</summary>
    Failed,

    /// <summary>No response, or none in time.</summary>
    Silent,

    /// <summary>The server does not serve this version.</summary>
    NotServed,
}

/// <param name="Problem">The end of a sentence about the server; null if the answer is right.</param>
public sealed record ProbeAnswer(ProbeOutcome Outcome, string? Problem);

/// <summary>Sends one golden row to one server, marked as a probe so that it is not logged as a prediction.</summary>
public sealed class ProbeCaller : IDisposable
{
    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public ProbeCaller(GatewayOptions options, TimeProvider time)
    {
        _timeout = options.RequestTimeout < Longest ? options.RequestTimeout : Longest;
        _time = time;
        var handler = DirectHttpClient.Handler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.ActivityHeadersPropagator = null;
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxBytes };
        _http.DefaultRequestHeaders.Add(SlipwayHeaders.Probe, "rollout");
    }

    /// <summary>Throws only when it is cancelled.</summary>
    public async Task<ProbeAnswer> AskAsync(ReplicaHeartbeat server, ProbeTarget target, ProbeRow row, CancellationToken cancellation)
    {
        using var deadline = new Deadline(_timeout, _time, cancellation);
        try
        {
            using var content = new ReadOnlyMemoryContent(row.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            var url = $"{server.Address.TrimEnd('/')}/v2/models/{target.Model}/versions/{target.Version.ToString(CultureInfo.InvariantCulture)}/infer";
            using var answer = await _http.PostAsync(new Uri(url), content, deadline.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Compared(row, await answer.Content.ReadAsByteArrayAsync(deadline.Token)),
                HttpStatusCode.NotFound => new(ProbeOutcome.NotServed, "does not serve this version"),
                var status => new(ProbeOutcome.Failed, $"returned {(int)status}"),
            };
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new(ProbeOutcome.Silent, $"did not respond within {_timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }
        catch (HttpRequestException e)
        {
            return new(ProbeOutcome.Silent, $"did not respond: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static ProbeAnswer Compared(ProbeRow row, byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return GoldenPredictions.Problem(row.Golden, GoldenPredictions.OfTensor(answer.RootElement, row.Schema)) is { } problem
                ? new(ProbeOutcome.Wrong, problem)
                : new(ProbeOutcome.Right, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new(ProbeOutcome.Wrong, $"returned an answer that cannot be read: {e.Message}");
        }
    }
}
