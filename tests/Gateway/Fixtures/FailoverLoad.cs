using System.Collections.Concurrent;
using Slipway.Registry;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>Callers that know several gateways, and ask the next one when the connection to the first is refused or breaks.</summary>
public sealed class FailoverLoad : IAsyncDisposable
{
    private const int MostRequests = 50_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(8);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
    private readonly List<Task> _callers;
    private int _repeated;

    public FailoverLoad(IReadOnlyList<Uri> gateways, int callers) =>
        _callers = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(gateways, caller)))];

    /// <summary>What no gateway answered, or answered with anything but 200.</summary>
    public ConcurrentQueue<string> Lost { get; } = new();

    /// <summary>Requests that the second gateway had to answer.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task CallAsync(IReadOnlyList<Uri> gateways, int caller)
    {
        for (var sent = caller; sent < MostRequests && !_stop.IsCancellationRequested; sent++)
        {
            if (await TryAsync(gateways[sent % gateways.Count]) is not null)
            {
                Interlocked.Increment(ref _repeated);
                if (await TryAsync(gateways[(sent + 1) % gateways.Count]) is { } problem)
                    Lost.Enqueue(problem);
            }
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <returns>Null if it was answered, and an answer that is not 200 is lost at once.</returns>
    private async Task<string?> TryAsync(Uri gateway)
    {
        try
        {
            using var content = new ByteArrayContent("{}"u8.ToArray());
            using var answer = await _client.PostAsync(new Uri(gateway, "/v2/models/m/infer"), content);
            if (!answer.IsSuccessStatusCode)
                Lost.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return e.ToString();
        }
    }
}
