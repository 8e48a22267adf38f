using System.Globalization;
using System.Text;
using Slipway.Gateway.Status;
using Slipway.Hosting.Problems;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Page.Live;

/// <summary>
/// Tells open pages when what they show has changed, as server-sent events; they fetch themselves again. So there is one way in which a page is made,
/// with and without a script.
/// </summary>
public sealed class EventStreams(PageInstance instance, TrafficStatusReport report, LiveTap tap, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Streams at the same time. A page that gets none refreshes itself at longer intervals.</summary>
    public const int MaxStreams = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often figures alone, which change with every request, are worth another page.</summary>
    private const int TicksForFigures = 5;

    private int _open;
    private volatile Seen? _last;

    private sealed record Seen(long At, string State, string Figures);

    public int Open => Volatile.Read(ref _open);

    public Task StateAsync(HttpContext context) => StreamAsync(context, Now);

    /// <summary>An open stream is a look at the tap.</summary>
    public Task TapAsync(HttpContext context) => StreamAsync(context, () =>
    {
        tap.Watch();
        return (tap.Number.ToString(CultureInfo.InvariantCulture), "");
    });

    private async Task StreamAsync(HttpContext context, Func<(string State, string Figures)> now)
    {
        if (Interlocked.Increment(ref _open) > MaxStreams)
        {
            Interlocked.Decrement(ref _open);
            await Problem.WriteAsync(context, 503, $"{MaxStreams} pages are open already; this one refreshes itself every 15 seconds instead.");
            return;
        }
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            context.Response.ContentType = "text/event-stream";
            var seen = now();
            await SendAsync(context, "hello", instance.Id, end.Token);
            await FollowAsync(context, seen, now, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the page was closed, or the gateway stops
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task FollowAsync(HttpContext context, (string State, string Figures) seen, Func<(string State, string Figures)> now, CancellationToken cancellation)
    {
        var (state, figures) = seen;
        using var timer = new PeriodicTimer(Interval, time);
        for (var ticks = 1; await timer.WaitForNextTickAsync(cancellation); ticks++)
        {
            var next = now();
            if (next.State != state || (next.Figures != figures && ticks % TicksForFigures == 0))
            {
                (state, figures) = next;
                await SendAsync(context, "changed", "", cancellation);
            }
            else if (ticks % TicksForFigures == 0)
            {
                await SendAsync(context, "same", "", cancellation); // finds out that the page is gone
            }
        }
    }

    private static async Task SendAsync(HttpContext context, string name, string data, CancellationToken cancellation)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n"), cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>Computed once for all streams that ask at about the same time.</summary>
    private (string State, string Figures) Now()
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Interval / 2)
            return (last.State, last.Figures);
        var status = report.Now();
        var (state, figures) = (StateOf(status), FiguresOf(status));
        _last = new(time.GetTimestamp(), state, figures);
        return (state, figures);
    }

    private static string StateOf(TrafficStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{status.State.Revision} {status.State.Phase} {status.State.Split.Blue} {status.State.Live} {status.State.Reason} {status.Problem}");
        text.Append(CultureInfo.InvariantCulture, $" {status.State.Rollout?.Plan.Id} {status.State.Rollout?.Step} {status.State.Rollout?.Share} {status.State.Rollout?.Verdict?.Sentence}");
        foreach (var server in status.Colors.SelectMany(color => color.Destinations))
        {
            text.Append(CultureInfo.InvariantCulture, $" {server.Replica} {server.Health} {server.Release}");
            foreach (var model in server.Models)
                text.Append(CultureInfo.InvariantCulture, $" {model.Model} {model.Version} {model.State}");
        }
        return text.ToString();
    }

    private static string FiguresOf(TrafficStatus status) =>
        string.Join(' ', status.Colors.Select(color => string.Create(CultureInfo.InvariantCulture, $"{color.Requests} {color.Errors}")));
}
