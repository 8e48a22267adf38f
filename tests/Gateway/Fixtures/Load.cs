using System.Collections.Concurrent;
using Slipway.Registry;

namespace Slipway.Gateway.Tests.Fixtures;

/// <summary>Callers that send requests until they are stopped, and record everything that was not a 200.</summary>
public sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _pause;
    private readonly List<Task> _callers;
    private readonly int[] _finished;
    private int _answered;

    /// <param name="keepAlive">False: a connection for each request.</param>
    /// <param name="pause">Of each caller after a request, to leave the processor to what is tested.</param>
    public Load(Uri address, int callers, bool keepAlive = true, TimeSpan pause = default)
    {
        _pause = pause;
        _finished = new int[callers];
        _callers = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, address, keepAlive)))];
    }

    public ConcurrentQueue<string> Lost { get; } = new();

    public int Answered => Volatile.Read(ref _answered);

    /// <summary>
    /// Waits until every caller has completed this number of further requests: then the load continues, and everything that was in flight
    /// at the call is over.
    /// </summary>
    public async Task PassAsync(int each)
    {
        var goals = _finished.Select(finished => finished + each + 1).ToArray();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (_finished.Where((finished, caller) => finished < goals[caller]).Any())
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _stop.Dispose();
    }

    private async Task CallAsync(int caller, Uri address, bool keepAlive)
    {
        using var client = new HttpClient(DirectHttpClient.Handler()) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/m/infer") { Content = new ByteArrayContent(new byte[200]) };
                request.Headers.ConnectionClose = !keepAlive;
                using var answer = await client.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref _answered);
                else
                    Lost.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                Lost.Enqueue(e.ToString());
            }
            Interlocked.Increment(ref _finished[caller]);
            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause, TimeProvider.System);
        }
    }
}
