using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Slipway.Benchmarks.Contestants;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Soak.Load;

/// <summary>Sends requests at a fixed rate, as many callers do that know nothing of each other.</summary>
public sealed class OpenLoad(CallerPlan plan, TimeProvider time) : IDisposable
{
    // beyond it something hangs, and more requests would only use up memory
    private const int MaxOpen = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly byte[] _body = Encoding.UTF8.GetBytes(plan.Body);
    private readonly HttpClient _client = new(Handler()) { Timeout = CallerPlan.Timeout };
    private int _open;

    /// <summary>Runs for a time, and until every request has ended.</summary>
    public Task<LoadFigures> RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var end = time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency);
        return RunAsync(new(time), () => time.GetTimestamp() >= end, cancellation);
    }

    /// <summary>Runs while some work does.</summary>
    /// <param name="work">Receives the figures so far.</param>
    public async Task<LoadFigures> WhileAsync(Func<LoadFigures, Task> work, CancellationToken cancellation)
    {
        var figures = new LoadFigures(time);
        var working = work(figures);
        var load = RunAsync(figures, () => working.IsCompleted, cancellation);
        await working;
        return await load;
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler Handler()
    {
        var handler = DirectHttpClient.Handler();
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        return handler;
    }

    private async Task<LoadFigures> RunAsync(LoadFigures figures, Func<bool> hasEnded, CancellationToken cancellation)
    {
        var due = time.GetTimestamp();
        for (var number = 0; !hasEnded();)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var now = time.GetTimestamp(); due <= now; due += time.TimestampFrequency / plan.PerSecond, number++)
                if (Interlocked.Increment(ref _open) <= MaxOpen)
                    _ = CallAsync(number, due, figures, cancellation);
                else
                {
                    Interlocked.Decrement(ref _open);
                    figures.Failed($"{MaxOpen} requests were open");
                }

            await Task.Delay(Pause, time, cancellation);
        }

        while (Volatile.Read(ref _open) > 0)
            await Task.Delay(Pause, time, cancellation);
        return figures;
    }

    // nobody awaits it: everything that happens to it is counted
    private async Task CallAsync(int number, long due, LoadFigures figures, CancellationToken cancellation)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
                try
                {
                    await SendAsync(plan.Gateways[(number + attempt - 1) % plan.Gateways.Count], due, figures, cancellation);
                    return;
                }
                catch (HttpRequestException e) when (attempt < plan.Attempts)
                {
                    figures.Again(wasRefused: e.HttpRequestError == HttpRequestError.ConnectionError);
                }
        }
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested)
                figures.Failed($"{e.Message} {e.InnerException?.Message}".Trim());
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task SendAsync(Uri gateway, long due, LoadFigures figures, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, plan.Path)) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContestantRequest.ContentType);
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
            figures.Failed($"{((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)}: {await answer.Content.ReadAsStringAsync(cancellation)}");
        else
            figures.Answered(due, answer.Headers.TryGetValues(SlipwayHeaders.ModelVersion, out var versions) ? versions.First() : "");
    }
}
