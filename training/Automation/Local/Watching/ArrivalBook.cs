namespace Slipway.Automation.Local.Watching;

/// <param name="Arrivals">All of a model's files that nobody writes to, the decided ones too: they tell what is newest.</param>
/// <param name="Began">When the clock began that tells when they were seen.</param>
public sealed record ArrivalBatch(string Model, IReadOnlyList<Arrival> Arrivals, long Began);

/// <summary>
/// What the watcher remembers of the files that it has seen, looked at while a job runs as well. Nothing of it has to survive:
/// the store knows what was trained.
/// </summary>
public sealed class ArrivalBook(DatasetFolder folder, SpecWatch specs, Action<WatchEvent> report, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private readonly HashSet<DatasetFile> _empty = [];
    private Dictionary<string, Arrival> _arrivals = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _strays = new Dictionary<string, string>();
    private bool _opened;

    /// <summary>Takes in what lies in the folders now.</summary>
    /// <returns>How long to wait until the next look.</returns>
    public TimeSpan Look()
    {
        lock (_gate)
        {
            var began = time.GetTimestamp();
            var (models, changed) = specs.Look(report);
            foreach (var model in changed)
                TryAgain(model);
            Observe(folder.Scan(models));
            return ArrivalPolicy.Pause(_arrivals.Values, Now, time.GetElapsedTime(began));
        }
    }

    /// <summary>Whose turn it is; null while nothing has arrived.</summary>
    public ArrivalBatch? Next()
    {
        lock (_gate)
            return ArrivalPolicy.NextModel(_arrivals.Values) is { } model
                ? new(model, [.. _arrivals.Values.Where(arrival => arrival.File.Model == model && arrival.Phase != ArrivalPhase.Settling)], _began)
                : null;
    }

    /// <summary>Notes what came of a batch. A file that was written to meanwhile stays what it has become.</summary>
    public void Note(IEnumerable<Arrival> handled)
    {
        lock (_gate)
            foreach (var arrival in handled)
                if (_arrivals.TryGetValue(arrival.File.Key, out var known) && known.File == arrival.File && known.Phase != ArrivalPhase.Settling)
                    _arrivals[arrival.File.Key] = known with { Phase = arrival.Phase };
    }

    private TimeSpan Now => time.GetElapsedTime(_began);

    private void Observe(DatasetScan scan)
    {
        var now = Now; // one for all: what comes between two looks came together, and goes by file time
        var next = new Dictionary<string, Arrival>(StringComparer.Ordinal);
        foreach (var file in scan.Files)
        {
            var known = _arrivals.GetValueOrDefault(file.Key);
            var arrival = ArrivalPolicy.Next(known, file, first: !_opened, now);
            next[file.Key] = arrival;
            if (ArrivalPolicy.IsNews(known, arrival))
                Say(WatchEventKind.Seen, file.Model, $"{file.Name}, {Size(file.Length)}; it has arrived when it was still for {ArrivalPolicy.Stillness.TotalSeconds:0} s");
            if (ArrivalPolicy.IsEmpty(arrival, now) && _empty.Add(file))
                Say(WatchEventKind.Skipped, file.Model, $"{file.Name} is empty; it is waited for until something is in it");
        }

        foreach (var path in scan.Strays.Keys.Except(_strays.Keys))
            Say(WatchEventKind.Skipped, null, $"{path} {scan.Strays[path]}");

        _arrivals = next;
        _empty.IntersectWith(scan.Files);
        _strays = scan.Strays;
        _opened = true;
    }

    // With another spec what failed before may work.
    private void TryAgain(string model)
    {
        foreach (var (key, arrival) in _arrivals)
            if (arrival.File.Model == model && arrival.Phase == ArrivalPhase.Failed)
                _arrivals[key] = arrival with { Phase = ArrivalPhase.Arrived };
    }

    private void Say(WatchEventKind kind, string? model, string text) => report(new(kind, model, text));

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} bytes",
        < 1_000_000 => $"{bytes / 1000} kB",
        _ => $"{bytes / 1_000_000} MB",
    };
}
