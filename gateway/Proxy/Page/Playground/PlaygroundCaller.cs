using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Page.Playground;

/// <summary>
/// Asks a server of a color. It is marked as a probe: it is no prediction of a caller, so it is neither logged nor counted, and a rollout is not judged by it.
/// </summary>
public sealed class PlaygroundCaller : IDisposable
{
    private const int MaxAnswer = 1 << 20;
    private const int AtOnce = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Fleet _fleet;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _turns = new(AtOnce);

    public PlaygroundCaller(Fleet fleet, GatewayOptions options, TimeProvider time)
    {
        (_fleet, _time) = (fleet, time);
        _timeout = options.RequestTimeout < Longest ? options.RequestTimeout : Longest;
        var handler = DirectHttpClient.Handler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.ActivityHeadersPropagator = null;
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswer };
        _http.DefaultRequestHeaders.Add(SlipwayHeaders.Probe, "playground");
    }

    public Task<PlaygroundAnswer> AskAsync(Color color, string model, IReadOnlyList<IReadOnlyDictionary<string, string?>> records, CancellationToken cancellation) =>
        AskAsync(color, model, JsonSerializer.Serialize(records, PlaygroundJson.Default.IReadOnlyListIReadOnlyDictionaryStringString), "application/json", cancellation);

    public Task<PlaygroundAnswer> AskAsync(Color color, string model, string csv, CancellationToken cancellation) => AskAsync(color, model, csv, "text/csv", cancellation);

    public void Dispose()
    {
        _http.Dispose();
        _turns.Dispose();
    }

    private async Task<PlaygroundAnswer> AskAsync(Color color, string model, string body, string type, CancellationToken cancellation)
    {
        if (Server(color, model) is not { } server)
            return PlaygroundAnswer.None(color, $"No healthy server of {color.Word()} has this model now.");
        using var deadline = new Deadline(_timeout, _time, cancellation);
        try
        {
            await _turns.WaitAsync(deadline.Token);
            try
            {
                return await SendAsync(server, model, body, type, deadline.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return PlaygroundAnswer.None(color, $"{server.Heartbeat.Replica} did not answer within {_timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            return PlaygroundAnswer.None(color, $"{server.Heartbeat.Replica} did not answer: {e.Message}");
        }
    }

    private async Task<PlaygroundAnswer> SendAsync(Replica server, string model, string body, string type, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{server.Address}/invocations?model={model}")) { Content = content };
        request.Headers.Accept.Add(new("application/json"));
        using var answer = await _http.SendAsync(request, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return PlaygroundReader.Read(server.Color, server.Heartbeat.Replica, answer, bytes, _time.GetElapsedTime(started));
    }

    private Replica? Server(Color color, string model)
    {
        foreach (var replica in _fleet.Current.Of(color))
        {
            if (replica.Health == ReplicaHealth.Healthy && replica.Heartbeat.Models.Any(served => served.Model == model && served.Version is not null))
                return replica;
        }
        return null;
    }
}
