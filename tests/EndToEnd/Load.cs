using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// Sends requests to the gateway continuously from several clients, and records every single response. Loopback only; it ends with the test,
/// or after a limited number of requests.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Clients = 8;
    private const int MaxRequestsPerClient = 200_000;

    // hundreds of requests per second are enough to notice a gap, and leave the CPU to the services
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _clients;
    private readonly TimeSpan _pause;
    private readonly ConcurrentBag<string> _lost = [];
    private readonly ConcurrentDictionary<(string Version, int Row), ConcurrentDictionary<string, int>> _answers = new();
    private long _count;

    private Load(string url, string model, IReadOnlyList<IReadOnlyList<float>> rows, string? apiKey, TimeSpan pause)
    {
        _pause = pause;
        if (apiKey is not null)
            _http.DefaultRequestHeaders.Add("x-api-key", apiKey);
        var requests = rows.Select(row => JsonSerializer.SerializeToUtf8Bytes(new
        {
            inputs = new[] { new { name = ModelSchema.InputName, shape = new[] { 1, row.Count }, datatype = "FP32", data = row } },
        })).ToArray();
        _clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => Ask($"{url}/v2/models/{model}/infer", requests, client)))];
    }

    public static Load Start(string url, string model, IReadOnlyList<IReadOnlyList<float>> rows, string? apiKey = null) => new(url, model, rows, apiKey, Pause);

    /// <summary>Every client sends the next request as soon as it has a response, so there are always requests in flight.</summary>
    public static Load StartWithoutPause(string url, string model, IReadOnlyList<IReadOnlyList<float>> rows) => new(url, model, rows, apiKey: null, TimeSpan.Zero);

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Waits for this number of further responses.</summary>
    public async Task Answers(int more)
    {
        var target = Count + more;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Count < target)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    public async Task<LoadResult> Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        return new(
            Count, [.. _lost],
            [.. _answers.Keys.Select(key => key.Version).Distinct().Order()],
            [.. _answers.Where(pair => pair.Value.Count > 1).Select(pair =>
                $"version {pair.Key.Version}, row {pair.Key.Row}: {string.Join(" and ", pair.Value.Keys)}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task Ask(string url, byte[][] requests, int client)
    {
        for (var i = client; i < MaxRequestsPerClient && !_stop.IsCancellationRequested; i++)
        {
            try
            {
                await SendOnce(url, requests[i % requests.Length], i % requests.Length);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
            {
                _lost.Add(e.Message);
            }

            Interlocked.Increment(ref _count);
            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause, TimeProvider.System);
        }
    }

    private async Task SendOnce(string url, byte[] request, int row)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new("application/json");
        using var answer = await _http.PostAsync(url, content);
        if (!answer.IsSuccessStatusCode)
        {
            _lost.Add($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return;
        }

        var header = answer.Headers.GetValues(SlipwayHeaders.ModelVersion).Single();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var version = body.GetProperty("model_version").GetString()!;
        if (version != header)
            _lost.Add($"the header says version {header}, the body {version}");
        var value = body.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle().ToString("R", CultureInfo.InvariantCulture);
        _answers.GetOrAdd((version, row), _ => new()).TryAdd(value, 0);
    }
}

/// <param name="Lost">Requests that got no response, a wrong status, or an inconsistent response.</param>
/// <param name="Versions">The versions that responded.</param>
/// <param name="Mixed">Rows for which one version returned two different predictions.</param>
internal sealed record LoadResult(long Answers, IReadOnlyList<string> Lost, IReadOnlyList<string> Versions, IReadOnlyList<string> Mixed);
