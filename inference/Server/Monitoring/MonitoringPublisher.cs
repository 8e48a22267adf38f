using Slipway.Inference.Options;
using Slipway.Inference.Replicas;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Inference.Monitoring;

/// <summary>
/// Writes counts that have changed to the store: at every interval, soon after a window has ended, and at shutdown. Totals are written over the ones before, so
/// that an attempt whose answer got lost counts nothing twice. While the store is away, counting goes on, and at most the window before is kept.
/// </summary>
public sealed partial class MonitoringPublisher(
    ModelMonitors monitors, IObjectStore store, ReplicaIdentity replica, InferenceOptions options, TimeProvider time, ILogger<MonitoringPublisher> logger) : BackgroundService
{
    // a request that took the time just before the end of a window has counted long before this
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly Dictionary<WindowTally, long> _written = [];
    private readonly Dictionary<ModelMonitor, DateTimeOffset> _idle = [];
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (monitors.Enabled)
            {
                await Task.Delay(UntilNext(time.GetUtcNow()), time, stoppingToken);
                await PublishAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest, after the last request has been served
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await PublishAsync(cancellationToken);
    }

    /// <summary>Writes what has changed. A store that does not take one is not asked to take the others before the next interval.</summary>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        var seen = new HashSet<WindowTally>();
        foreach (var monitor in monitors.All)
        {
            var windows = monitor.Windows();
            seen.UnionWith(windows);
            foreach (var window in windows)
            {
                if (!await WriteAsync(window, cancellation))
                    return;
                if (window.End + Late < time.GetUtcNow())
                    monitor.Forget(window);
            }

            RemoveIdle(monitor, windows.Count == 0);
        }

        foreach (var gone in _written.Keys.Where(window => !seen.Contains(window)).ToList())
            _written.Remove(gone);
    }

    /// <summary>Versions come and go, and a server runs for long.</summary>
    private void RemoveIdle(ModelMonitor monitor, bool isIdle)
    {
        if (!isIdle)
            _idle.Remove(monitor);
        else if (!_idle.TryGetValue(monitor, out var since))
            _idle.Add(monitor, time.GetUtcNow());
        else if (time.GetUtcNow() - since > 2 * options.Monitoring.Window)
        {
            _idle.Remove(monitor);
            monitors.Remove(monitor);
        }
    }

    /// <summary>At the next interval, or just after the window has ended, so that its last counts are there before it is evaluated.</summary>
    private TimeSpan UntilNext(DateTimeOffset now)
    {
        var length = options.Monitoring.Window;
        var untilEnd = new TimeSpan(length.Ticks - now.UtcTicks % length.Ticks) + Late + TimeSpan.FromMilliseconds(100);
        return untilEnd < options.Monitoring.PublishInterval ? untilEnd : options.Monitoring.PublishInterval;
    }

    /// <returns>Whether the store has everything that was counted.</returns>
    private async Task<bool> WriteAsync(WindowTally window, CancellationToken cancellation)
    {
        var counted = window.Snapshot(replica.Replica, time.GetUtcNow());
        var total = counted.Rows + counted.Columns.Sum(column => column.TypeFailures);
        if (total == 0 || _written.GetValueOrDefault(window) == total)
            return true;
        try
        {
            using var deadline = new Deadline(options.StoreTimeout, time, cancellation);
            await store.WriteAsync(
                StoreKeys.DriftWindow(counted.Model, counted.Start, counted.Version, replica.Replica), counted, RegistryJson.Default.DriftWindow, PutCondition.None, deadline.Token)
                .WaitAsync(options.StoreTimeout, time, CancellationToken.None);
            _written[window] = total;
            if (_away)
                LogWritten();
            _away = false;
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            if (!_away)
                LogNotWritten(e.Message);
            _away = true;
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Counts for drift cannot be written, retrying: {Reason}")]
    private partial void LogNotWritten(string reason);

    [LoggerMessage(LogLevel.Information, "Counts for drift can be written again")]
    private partial void LogWritten();
}
