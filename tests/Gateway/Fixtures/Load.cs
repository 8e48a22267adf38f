using System.Collections.Concurrent;

namespace Slipway.Gateway.Tests;

/// <summary>Callers that ask again and again until they are stopped, and remember everything that was not a 200.</summary>
public sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _callers;
    private int _answered;

    /// <param name="keepAlive">False: a connection for each request.</param>
    public Load(Uri address, int callers, bool keepAlive = true)
    {
        _callers = [.. Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(address, keepAlive)))];
    }

    public ConcurrentQueue<string> Lost { get; } = new();

    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Waits until so many more have been answered: proof that the load goes on.</summary>
    public async Task PassAsync(int more)
    {
        var goal = Answered + more;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (Answered < goal && Lost.Count < 1000)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _stop.Dispose();
    }

    private async Task CallAsync(Uri address, bool keepAlive)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
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
        }
    }
}
