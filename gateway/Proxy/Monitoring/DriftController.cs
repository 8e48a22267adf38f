using System.Globalization;
using Slipway.Gateway.Options;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Monitoring;

/// <summary>
/// The lease holder adds what all servers have counted in a window that is complete, compares it with the training data, writes the verdict, and reports when a
/// model's data begins to drift and when that ends. A window is looked for once, when it can be complete.
/// </summary>
public sealed partial class DriftController(
    CurrentTraffic traffic, TrafficController controller, TrafficRecords traffics, DriftRecords records, CurrentDrift drift, GatewayOptions options, TimeProvider time,
    ILogger<DriftController> logger)
    : LeaseHolderService(traffic, traffics, options.MonitoringInterval, time)
{
    // a gateway that was away for long catches up in several looks
    private const int MaxKeys = 500;

    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = [];

    /// <param name="Evaluated">The start of the last window that has a verdict.</param>
    /// <param name="Next">When to look again; null: at the next look.</param>
    private sealed record Watched(DateTimeOffset? Evaluated, DateTimeOffset? Next);

    protected override async Task HoldAsync(TrafficState state, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var model in await records.ModelsAsync(cancellation))
        {
            try
            {
                await LookAsync(model, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // of one model, which must not keep the others from being watched
                problems.Add($"{model}: {e.Message}");
            }
        }

        if (problems.Count > 0)
            throw new SlipwayException(string.Join(" ", problems));
    }

    protected override void Follow()
    {
        _watched.Clear();
        _unreadable.Clear();
        drift.Clear();
    }

    protected override void Failed(string problem) => NotEvaluated(problem);

    private async Task LookAsync(string model, CancellationToken cancellation)
    {
        if (!_watched.TryGetValue(model, out var watched))
            _watched[model] = watched = await BeginAsync(model, cancellation);
        if (watched.Next > Time.GetUtcNow())
            return;
        TimeSpan? length = drift.Of(model)?.Length;
        foreach (var keys in await records.KeysAsync(model, watched.Evaluated, MaxKeys, cancellation))
        {
            var windows = await ReadAsync(keys, cancellation);
            length = windows.Count > 0 ? windows[0].Length : length;
            if (windows.Exists(window => !DriftWindows.IsComplete(window, Time.GetUtcNow())))
                break;
            await EvaluateAsync(model, windows, cancellation);
            _watched[model] = watched = new(keys.Key, null);
        }

        _watched[model] = watched with { Next = length is { } known ? DriftWindows.NextComplete(known, Time.GetUtcNow()) : null };
    }

    private async Task<Watched> BeginAsync(string model, CancellationToken cancellation)
    {
        var latest = await records.LatestAsync(model, cancellation);
        if (latest is not null)
            drift.Set(latest);
        return new(latest?.Start, null);
    }

    private async Task<List<DriftWindow>> ReadAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        var windows = new List<DriftWindow>();
        foreach (var key in keys)
        {
            try
            {
                if (await records.WindowAsync(key, cancellation) is { } window && DriftWindows.IsOne(window))
                    windows.Add(window);
            }
            catch (UnreadableObjectException e)
            {
                if (_unreadable.Count < MaxKeys && _unreadable.Add(key))
                    NotReadable(e.Message);
            }
        }

        return windows;
    }

    private async Task EvaluateAsync(string model, List<DriftWindow> windows, CancellationToken cancellation)
    {
        DriftVerdict? shown = null;
        foreach (var window in DriftWindows.Added(windows.Where(window => window.Model == model)))
        {
            var verdict = Dated(await records.EvaluateAsync(window, cancellation), drift.Of(model));
            await records.WriteAsync(verdict, cancellation);
            shown ??= verdict;
        }

        if (shown is null)
            return;
        await ReportAsync(drift.Of(model), shown, cancellation);
        // last: a gateway that is killed before it is repeats what came before, with the same ids
        await records.ShowAsync(shown, cancellation);
        drift.Set(shown);
    }

    private DriftVerdict Dated(DriftVerdict verdict, DriftVerdict? before) => verdict with
    {
        At = Time.GetUtcNow(),
        Gateway = options.Gateway,
        AlarmSince = verdict.IsAlarm ? before?.AlarmSince ?? verdict.Start
            // too few rows, or none to compare with, say nothing of an alarm
            : verdict.State == DriftState.Stable ? null
            : before?.AlarmSince,
    };

    /// <summary>When it begins and when it ends, and not with every window.</summary>
    private async Task ReportAsync(DriftVerdict? before, DriftVerdict verdict, CancellationToken cancellation)
    {
        if (before?.AlarmSince is null == verdict.AlarmSince is null)
            return;
        var ended = verdict.AlarmSince is null;
        if (!await controller.UpdateAsync(state => TrafficOutbox.AddDrift(state, verdict, ended, options.Gateway, verdict.At), cancellation))
            throw new SlipwayException("the notification could not be recorded.");
        if (ended)
            Ended(verdict.Model, verdict.Version, verdict.Sentence);
        else
            Began(verdict.Model, verdict.Version, verdict.Ratio.ToString("0.0", CultureInfo.InvariantCulture), verdict.Sentence);
    }

    [LoggerMessage(LogLevel.Warning, "Drift of {Model} version {Version} began, {Ratio} times its bound: {Sentence}")]
    private partial void Began(string model, int version, string ratio, string sentence);

    [LoggerMessage(LogLevel.Information, "Drift of {Model} version {Version} ended: {Sentence}")]
    private partial void Ended(string model, int version, string sentence);

    [LoggerMessage(LogLevel.Error, "Drift cannot be evaluated, retrying: {Problem}")]
    private partial void NotEvaluated(string problem);

    [LoggerMessage(LogLevel.Warning, "Counts for drift are left out: {Problem}")]
    private partial void NotReadable(string problem);
}
