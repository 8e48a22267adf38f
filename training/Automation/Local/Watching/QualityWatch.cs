using Slipway.Automation.Monitoring;
using Slipway.Registry;

namespace Slipway.Automation.Local.Watching;

/// <summary>Joins predictions with the labels that have arrived, every minute, and all days of the log once a day.</summary>
public sealed class QualityWatch(QualityMonitoring monitoring, Action<WatchEvent> report, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1), Everything = TimeSpan.FromDays(1);

    /// <summary>Returns when it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        long? complete = null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var everything = complete is null || time.GetElapsedTime(complete.Value) >= Everything;
                if (await TryJoinAsync(everything, known, cancellation) && everything)
                    complete = time.GetTimestamp();
                await Task.Delay(Interval, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // stopped; what was joined is stored
        }
    }

    /// <param name="known">What has been reported before.</param>
    private async Task<bool> TryJoinAsync(bool everything, HashSet<string> known, CancellationToken cancellation)
    {
        try
        {
            foreach (var quality in await monitoring.RunAsync(everything, cancellation))
                foreach (var lost in quality.Lost)
                    if (known.Add($"{quality.Model} {lost.Version} {lost.Day} {lost.Slice} {lost.Metric}"))
                        report(new(WatchEventKind.Failed, quality.Model, lost.Reason));
            return true;
        }
        catch (Exception e) when (e is SlipwayException or IOException)
        {
            if (known.Add(e.Message))
                report(new(WatchEventKind.Failed, null, $"Predictions were not joined with their labels: {e.Message}"));
            return false;
        }
    }
}
