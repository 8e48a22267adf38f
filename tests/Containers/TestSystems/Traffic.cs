using System.Collections.Concurrent;
using System.Net.Http.Json;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>Sends requests to one URL from a few clients, hundreds a second, and records who responded and what was lost.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Clients = 4;

    // hundreds of requests a second are enough to notice a gap, and leave the processors to what is tested
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _versions = new();
    private readonly ConcurrentBag<string> _lost = [];
    private readonly Task[] _clients;

    public Traffic(string url, GoldenRequest request) =>
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => SendAsync($"{url}/v2/models/{TestSystem.Model}/infer", request)))];

    public IReadOnlyCollection<string> Lost => _lost;

    public IEnumerable<string> Versions => _versions.Keys.Order();

    public Task AnswersAsync(string version, int count) =>
        Wait.ForAsync(() => _versions.GetValueOrDefault(version) >= count, () => $"version {version} has given {count} answers. Lost: {string.Join(", ", _lost)}");

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(string url, GoldenRequest request)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync(url, request, TestContextJson.Options);
                if (answer.IsSuccessStatusCode)
                    _versions.AddOrUpdate(answer.Headers.GetValues(SlipwayHeaders.ModelVersion).Single(), 1, (_, count) => count + 1);
                else
                    _lost.Add($"{(int)answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                _lost.Add(e.Message);
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}

internal static class TestContextJson
{
    public static System.Text.Json.JsonSerializerOptions Options { get; } = new(System.Text.Json.JsonSerializerDefaults.Web);
}
