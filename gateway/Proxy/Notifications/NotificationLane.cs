using Slipway.Registry;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Notifications;

/// <summary>
/// What one target is told: one change at a time, again with growing pauses until it has confirmed it, and apart from all other targets. The loop
/// that owns it never waits for the target.
/// </summary>
public sealed partial class NotificationLane(
    string name, INotificationSender sender, string gateway, TimeProvider time, ILogger<NotificationLane> logger)
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // both are about the outbox of now, so they are as small as that
    private readonly Dictionary<string, int> _attempts = [];
    private readonly HashSet<string> _confirmed = [];

    private (TrafficNotification Change, Task<string?> Problem)? _sending;
    private int _failures;
    private long _since;
    private TimeSpan _pause;

    public string Name { get; } = name;

    /// <summary>In a row.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Takes note of a delivery that has ended, and begins the next one.</summary>
    /// <returns>The ids of what the target has confirmed although the outbox does not say so yet.</returns>
    public IReadOnlySet<string> Turn(IReadOnlyList<TrafficNotification> outbox, CancellationToken stop)
    {
        if (_sending is { Problem.IsCompleted: true } ended)
            Settle(ended.Change, ended.Problem.Result);
        var open = outbox.Where(change => !change.Delivered.Contains(Name)).ToList();
        var ids = open.Select(change => change.Id).ToHashSet();
        _confirmed.IntersectWith(ids);
        foreach (var gone in _attempts.Keys.Where(id => !ids.Contains(id)).ToList())
            _attempts.Remove(gone);

        if (_sending is null && time.GetElapsedTime(_since) >= _pause && Next(open) is { } next)
            _sending = (next, SendAsync(next, stop));
        return _confirmed;
    }

    /// <summary>What has been refused less often comes first, so that one change that the target does not take holds up no other.</summary>
    private TrafficNotification? Next(List<TrafficNotification> open) =>
        open.Where(change => !_confirmed.Contains(change.Id)).OrderBy(change => _attempts.GetValueOrDefault(change.Id)).ThenBy(change => change.Number).FirstOrDefault();

    private void Settle(TrafficNotification change, string? problem)
    {
        _sending = null;
        _since = time.GetTimestamp();
        if (problem is null)
        {
            _failures = 0;
            _pause = TimeSpan.Zero;
            _confirmed.Add(change.Id);
            Delivered(change.Id, Name);
            return;
        }
        _attempts[change.Id] = _attempts.GetValueOrDefault(change.Id) + 1;
        _pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failures++, 20)));
        NotDelivered(change.Id, Name, problem, _attempts[change.Id], _pause.TotalSeconds);
    }

    /// <returns>Null if it was delivered.</returns>
    private async Task<string?> SendAsync(TrafficNotification change, CancellationToken stop)
    {
        using var deadline = new Deadline(SendTimeout, time, stop);
        try
        {
            await sender.SendAsync(TrafficEvent.Of(change, gateway), deadline.Token);
            return null;
        }
        catch (NotificationException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return deadline.HasPassed ? $"did not respond within {SendTimeout.TotalSeconds:0} s" : "was not waited for, because the gateway stops";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // not its message: it may contain the address
            return $"cannot be sent to: {e.GetType().Name}";
        }
    }

    [LoggerMessage(LogLevel.Information, "Notification {Id} was delivered to {Target}")]
    private partial void Delivered(string id, string target);

    [LoggerMessage(LogLevel.Warning, "Notification {Id} was not delivered: {Target} {Problem} (attempt {Attempt}; the next attempt follows in {Seconds} s)")]
    private partial void NotDelivered(string id, string target, string problem, int attempt, double seconds);
}
