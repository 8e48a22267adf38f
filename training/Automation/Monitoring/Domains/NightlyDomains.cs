using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// Compares every model that was not compared yet today (UTC), those first that were not compared for longest. One comparison a day is what the rate of false alarms
/// counts on. What is stopped halfway is completed by the next call.
/// </summary>
/// <param name="atMost">How long reading the log and the dataset of one model may take; it is no longer due today then, so that it does not keep others from their turn.</param>
public sealed class NightlyDomains(IObjectStore store, IDomainClassifier classifier, TimeSpan atMost, TimeProvider time)
{
    private readonly DomainMonitoring _monitoring = new(store, classifier, time);
    private readonly ModelVersions _versions = new(store);

    /// <param name="start">How long further models are started for.</param>
    public async Task<NightlyResult> RunAsync(TimeSpan start, CancellationToken cancellation)
    {
        var (started, verdicts, failed) = (time.GetTimestamp(), new List<DomainVerdict>(), new List<string>());
        var due = await DueAsync(cancellation);
        for (var i = 0; i < due.Count; i++)
        {
            if (time.GetElapsedTime(started) >= start)
                return new(verdicts, failed, due.Count - i);
            try
            {
                if (await CompareAsync(due[i], cancellation) is { } verdict)
                    verdicts.Add(verdict);
            }
            catch (Exception e) when (e is SlipwayException or IOException)
            {
                // the others must not wait for it
                failed.Add($"'{due[i]}' was not compared with its training data: {e.Message}");
            }
        }

        return new(verdicts, failed, 0);
    }

    private async Task<IReadOnlyList<string>> DueAsync(CancellationToken cancellation)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var due = new List<(string Model, DateTimeOffset Last)>();
        foreach (var model in await _versions.ModelsAsync(cancellation))
            if (await LastAsync(model, cancellation) is var last && last.UtcDateTime.Date < today)
                due.Add((model, last));
        return [.. due.OrderBy(one => one.Last).ThenBy(one => one.Model, StringComparer.Ordinal).Select(one => one.Model)];
    }

    private async Task<DateTimeOffset> LastAsync(string model, CancellationToken cancellation)
    {
        try
        {
            return (await DomainMonitoring.FindAsync(store, model, cancellation))?.To ?? DateTimeOffset.MinValue;
        }
        catch (UnreadableObjectException)
        {
            // it is written over
            return DateTimeOffset.MinValue;
        }
    }

    private async Task<DomainVerdict?> CompareAsync(string model, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await _monitoring.RunAsync(model, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return await _monitoring.GiveUpAsync(
                model, $"Reading the last day and the training data took longer than {(int)atMost.TotalMinutes} minutes. Compare them on a machine that has the time: ./build.sh --target=Drift", cancellation);
        }
    }
}

/// <param name="Failed">Sentences about models that could not be compared.</param>
/// <param name="Left">How many models are still due.</param>
public sealed record NightlyResult(IReadOnlyList<DomainVerdict> Verdicts, IReadOnlyList<string> Failed, int Left);
