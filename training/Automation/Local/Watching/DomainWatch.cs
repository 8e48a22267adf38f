using Slipway.Automation.Monitoring.Domains;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Local.Watching;

/// <summary>Compares the last day of each model with its training data once a day (UTC), by all columns together.</summary>
public sealed class DomainWatch(IObjectStore store, Action<WatchEvent> report, TimeProvider time, IDomainClassifier? classifier = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10), OfOneModel = TimeSpan.FromMinutes(10);

    private readonly NightlyDomains _domains = new(store, classifier ?? new DomainClassifier(), OfOneModel, time);

    /// <summary>Returns when it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // fitting trees takes a while; the watcher of datasets does not wait for it
        await Task.Yield();
        var known = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await TryCompareAsync(known, cancellation);
                await Task.Delay(Interval, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // stopped; what was compared is stored
        }
    }

    /// <param name="known">What has been reported before, so that it is not repeated.</param>
    private async Task TryCompareAsync(HashSet<string> known, CancellationToken cancellation)
    {
        try
        {
            var result = await _domains.RunAsync(TimeSpan.MaxValue, cancellation);
            foreach (var verdict in result.Verdicts.Where(verdict => verdict.State == DomainState.Different))
                report(new(WatchEventKind.Failed, verdict.Model, verdict.Sentence));
            foreach (var failure in result.Failed.Where(known.Add))
                report(new(WatchEventKind.Failed, null, failure));
        }
        catch (Exception e) when (e is SlipwayException or IOException)
        {
            if (known.Add(e.Message))
                report(new(WatchEventKind.Failed, null, $"Models were not compared with their training data: {e.Message}"));
        }
    }
}
