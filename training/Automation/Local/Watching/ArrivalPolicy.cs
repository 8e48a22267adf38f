using Slipway.Automation.Datasets;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Local.Watching;

/// <summary>
/// When a file has arrived: at once if it was renamed, because it was complete before; otherwise when its size and modification time have not changed for two seconds,
/// as the watcher saw them. The file's own time does not count, because a copy may set it before it is complete. Also decides which model is next. Pure.
/// </summary>
public static class ArrivalPolicy
{
    public static readonly TimeSpan Stillness = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(10);

    /// <param name="known">Null at the first scan.</param>
    /// <param name="now">By the watcher's own clock.</param>
    /// <param name="renamed">It was renamed since the last scan.</param>
    public static Arrival Next(Arrival? known, DatasetFile file, bool first, TimeSpan now, bool renamed = false)
    {
        var arrival = known is null || known.File != file ? new(file, now, first, ArrivalPhase.Settling) : known;

        // an empty file is one that is only just being written
        return arrival.Phase == ArrivalPhase.Settling && file.Length > 0 && (renamed || now - arrival.SeenAt >= Stillness)
            ? arrival with { Phase = ArrivalPhase.Arrived }
            : arrival;
    }

    /// <summary>Whether to report that a file is arriving: once per arrival, however often it grows.</summary>
    public static bool IsNews(Arrival? known, Arrival next) =>
        next is { Phase: ArrivalPhase.Settling, FromStart: false } && known is not { Phase: ArrivalPhase.Settling };

    /// <summary>Whether it has been empty so long that this should be reported.</summary>
    public static bool IsEmpty(Arrival arrival, TimeSpan now) =>
        arrival is { Phase: ArrivalPhase.Settling, File.Length: 0 } && now - arrival.SeenAt >= Stillness;

    /// <summary>The model whose arrival has waited longest, so that no model starves.</summary>
    public static string? NextModel(IEnumerable<Arrival> arrivals) => arrivals
        .Where(arrival => arrival.Phase == ArrivalPhase.Arrived)
        .OrderBy(arrival => arrival.SeenAt).ThenBy(arrival => arrival.File.Model, StringComparer.Ordinal)
        .FirstOrDefault()?.File.Model;

    /// <summary>
    /// The newest of a model's datasets. Files whose arrival was observed are newer than those that already existed, in the order of their arrival. Existing files are
    /// ordered by file time, but a file whose job was interrupted is the most recent one.
    /// </summary>
    /// <param name="jobs">The model's jobs, in the order in which they started.</param>
    public static Arrival Newest(IReadOnlyCollection<Arrival> arrivals, IReadOnlyList<DatasetJob> jobs)
    {
        var unfinished = jobs.Count > 0 && jobs[^1] is { Outcome: null, Lineage.Imported: null } ? jobs[^1].Lineage : null;
        return arrivals
            .OrderBy(arrival => arrival.FromStart ? TimeSpan.MinValue : arrival.SeenAt)
            .ThenBy(arrival => IsOf(arrival, unfinished) ? unfinished!.StartedAt : arrival.File.Modified)
            .ThenBy(arrival => arrival.File.Modified)
            .ThenBy(arrival => arrival.File.Name, StringComparer.Ordinal)
            .Last();
    }

    /// <summary>How long to wait until the next scan: until the next file can have arrived, but never so short that scanning takes more than a tenth of the time.</summary>
    /// <param name="cost">How long the last scan took.</param>
    public static TimeSpan Pause(IEnumerable<Arrival> arrivals, TimeSpan now, TimeSpan cost)
    {
        var pause = PollInterval;
        foreach (var arrival in arrivals)
            if (arrival is { Phase: ArrivalPhase.Settling, File.Length: > 0 } && arrival.SeenAt + Stillness - now is var left && left < pause)
                pause = left > MinPause ? left : MinPause;
        return pause > cost * 10 ? pause : cost * 10;
    }

    private static bool IsOf(Arrival arrival, Lineage? job) =>
        job is not null && job.Dataset.Key == arrival.File.Key && arrival.File.Modified <= job.StartedAt;
}
