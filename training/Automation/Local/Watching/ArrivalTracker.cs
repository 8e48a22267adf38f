using Slipway.Registry.Models;

namespace Slipway.Automation.Local.Watching;

/// <param name="Arrivals">All of a model's files that are not being written to, including the decided ones, which show what is newest.</param>
/// <param name="Began">When the clock started that measures when they were seen.</param>
/// <param name="Retrain">Null if the model is trained on every dataset that arrives.</param>
public sealed record ArrivalBatch(string Model, IReadOnlyList<Arrival> Arrivals, long Began, RetrainSpec? Retrain = null);

/// <summary>
/// The watcher's state of the files that it has seen; it is also read while a job runs. It need not survive a restart:
/// the store records what was trained.
/// </summary>
/// <param name="renames">Null to wait for every file until it has stopped changing.</param>
public sealed class ArrivalTracker(DatasetFolder folder, SpecWatch specs, Action<WatchEvent> report, TimeProvider time, RenamedFiles? renames = null)
{
    /// <summary>How often causes of trainings are looked for.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private readonly HashSet<DatasetFile> _empty = [];
    private Dictionary<string, Arrival> _arrivals = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _ignored = new Dictionary<string, string>();
    private bool _opened;
    private TimeSpan? _looked;

    /// <summary>Completes when a scan is worth while before its time.</summary>
    public Task News => renames?.News ?? Never;

    /// <summary>Records the current content of the folders.</summary>
    /// <returns>How long to wait until the next scan.</returns>
    public TimeSpan Scan()
    {
        lock (_gate)
        {
            var began = time.GetTimestamp();
            var (models, changed) = specs.Scan(report);
            foreach (var model in changed)
                TryAgain(model);
            // first: what is renamed meanwhile is in the next scan
            var renamed = renames?.Take();
            Observe(folder.Scan(models), renamed);
            return ArrivalPolicy.Pause(_arrivals.Values, Now, time.GetElapsedTime(began));
        }
    }

    /// <summary>The next model; null while nothing has arrived.</summary>
    public ArrivalBatch? Next()
    {
        lock (_gate)
            return ArrivalPolicy.NextModel(_arrivals.Values) is { } model ? Of(model) : null;
    }

    /// <summary>The models that are trained when there is a cause, when it is time to look for causes; otherwise none.</summary>
    public IReadOnlyList<ArrivalBatch> Looks()
    {
        lock (_gate)
        {
            if (!_opened || _looked is { } last && Now - last < LookInterval)
                return [];
            _looked = Now;
            return [.. specs.Retrained.Keys.Order(StringComparer.Ordinal).Select(Of)];
        }
    }

    /// <summary>Records the result of a batch. A file that was written to meanwhile keeps its newer state.</summary>
    public void Note(IEnumerable<Arrival> handled)
    {
        lock (_gate)
            foreach (var arrival in handled)
                if (_arrivals.TryGetValue(arrival.File.Key, out var known) && known.File == arrival.File && known.Phase != ArrivalPhase.Settling)
                    _arrivals[arrival.File.Key] = known with { Phase = arrival.Phase };
    }

    private TimeSpan Now => time.GetElapsedTime(_began);

    private ArrivalBatch Of(string model) =>
        new(model, [.. _arrivals.Values.Where(arrival => arrival.File.Model == model && arrival.Phase != ArrivalPhase.Settling)], _began, specs.Retrained.GetValueOrDefault(model));

    private void Observe(DatasetScan scan, IReadOnlySet<string>? renamed)
    {
        var now = Now; // one for all: files that appear between two scans arrived together, and are ordered by file time
        var next = new Dictionary<string, Arrival>(StringComparer.Ordinal);
        foreach (var file in scan.Files)
        {
            var known = _arrivals.GetValueOrDefault(file.Key);
            var arrival = ArrivalPolicy.Next(known, file, first: !_opened, now, renamed?.Contains(file.Key) == true);
            next[file.Key] = arrival;
            if (ArrivalPolicy.IsNews(known, arrival))
                Notify(WatchEventKind.Seen, file.Model, $"{file.Name}, {Size(file.Length)}; waiting until it has not changed for {ArrivalPolicy.Stillness.TotalSeconds:0} s");
            if (ArrivalPolicy.IsEmpty(arrival, now) && _empty.Add(file))
                Notify(WatchEventKind.Skipped, file.Model, $"{file.Name} is empty; waiting for content");
        }

        foreach (var path in scan.IgnoredEntries.Keys.Except(_ignored.Keys))
            Notify(WatchEventKind.Skipped, null, $"{path} {scan.IgnoredEntries[path]}");

        _arrivals = next;
        _empty.IntersectWith(scan.Files);
        _ignored = scan.IgnoredEntries;
        _opened = true;
    }

    // With another spec, a dataset that failed before may succeed.
    private void TryAgain(string model)
    {
        foreach (var (key, arrival) in _arrivals)
            if (arrival.File.Model == model && arrival.Phase == ArrivalPhase.Failed)
                _arrivals[key] = arrival with { Phase = ArrivalPhase.Arrived };
    }

    private void Notify(WatchEventKind kind, string? model, string text) => report(new(kind, model, text));

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} bytes",
        < 1_000_000 => $"{bytes / 1000} kB",
        _ => $"{bytes / 1_000_000} MB",
    };
}
