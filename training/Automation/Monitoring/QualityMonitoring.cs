using Slipway.Registry;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>
/// Joins the prediction log with the labels that have arrived, and writes how good each model is. What was joined is kept by hour, so that an hour is read again
/// only if the log has more of it. Running it twice, or on several machines at once, changes nothing: everything is computed from what is in the log.
/// </summary>
public sealed class QualityMonitoring(IObjectStore store, TimeProvider time, int maxRows = HourJoins.MaxRows)
{
    /// <summary>Days that a report shows.</summary>
    public const int ReportedDays = 90;

    private readonly JoinedModels _models = new(store);

    /// <param name="everything">All days of the log, and hours that were joined a moment ago; otherwise the last days, and hours in due time.</param>
    /// <returns>The reports that were written.</returns>
    public async Task<IReadOnlyList<QualityReport>> RunAsync(bool everything, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        IReadOnlyList<DateOnly> days = everything
            ? await LogHour.DaysAsync(store, cancellation)
            : [.. Enumerable.Range(0, QualityPolicy.RecentDays + 1).Select(ago => today.AddDays(-ago)).Reverse()];
        var changed = new Dictionary<string, SortedSet<DateOnly>>(StringComparer.Ordinal);
        foreach (var day in days)
            foreach (var model in await JoinDayAsync(day, everything, now, cancellation))
            {
                if (!changed.TryGetValue(model, out var ofModel))
                    changed.Add(model, ofModel = []);
                ofModel.Add(day);
            }

        var reports = new List<QualityReport>();
        foreach (var (model, ofModel) in changed)
            reports.Add(await ReportAsync(model, ofModel, today, now, cancellation));
        return reports;
    }

    /// <summary>The latest report; null if no prediction of the model has been joined yet.</summary>
    public static async Task<QualityReport?> FindAsync(IObjectStore store, string model, CancellationToken cancellation) =>
        (await store.ReadAsync(StoreKeys.Quality(model), RegistryJson.Default.QualityReport, cancellation))?.Value;

    /// <returns>The models of which hours were joined.</returns>
    private async Task<IReadOnlySet<string>> JoinDayAsync(DateOnly day, bool everything, DateTimeOffset now, CancellationToken cancellation)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var stored = await store.ReadAsync(StoreKeys.JoinedDay(day), RegistryJson.Default.JoinedDay, cancellation);
        var hours = new SortedDictionary<int, JoinedHours>(stored?.Value.Hours.ToDictionary() ?? []);
        foreach (var hour in await LogHour.OfDayAsync(store, day, cancellation))
        {
            var known = hours.GetValueOrDefault(hour.Hour.Hour);
            if (!JoinPolicy.IsDue(hour.Hour, hour.Objects, known, now, everything))
                continue;
            var joined = await new HourJoins(store, _models, time, maxRows).ReadAsync(hour, cancellation);
            foreach (var (model, one) in joined)
                await store.WriteAsync(StoreKeys.JoinedHour(model, hour.Hour), one, RegistryJson.Default.JoinedHour, PutCondition.None, cancellation);
            hours[hour.Hour.Hour] = new(hour.Objects, now, [.. joined.Keys]);
            changed.UnionWith(joined.Keys.Concat(known?.Models ?? []));
            // after each hour, so that what is stopped halfway need not begin again; if two write at once, the next run joins again what the other has lost
            await store.WriteAsync(StoreKeys.JoinedDay(day), new JoinedDay(hours), RegistryJson.Default.JoinedDay, PutCondition.None, cancellation);
        }

        return changed;
    }

    /// <param name="changed">Days to be computed again; the others stay as they were.</param>
    private async Task<QualityReport> ReportAsync(string model, SortedSet<DateOnly> changed, DateOnly today, DateTimeOffset now, CancellationToken cancellation)
    {
        var before = await FindAsync(store, model, cancellation);
        var days = (before?.Versions ?? []).Where(one => one.Day is { } day && !changed.Contains(day) && day > today.AddDays(-ReportedDays)).ToList();
        var counts = (before?.Days ?? new Dictionary<DateOnly, FeedbackCounts>()).Where(day => !changed.Contains(day.Key) && day.Key > today.AddDays(-ReportedDays)).ToDictionary();
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var day in changed)
        {
            var hours = await HoursAsync(model, day, cancellation);
            problems.UnionWith(hours.SelectMany(hour => hour.Problems));
            counts[day] = hours.Aggregate(FeedbackCounts.None, (sum, hour) => sum.Plus(hour.Feedback));
            days.AddRange(await QualitiesAsync(model, hours, day, cancellation));
        }

        var recentHours = new List<JoinedHour>();
        for (var ago = QualityPolicy.RecentDays - 1; ago >= 0; ago--)
            recentHours.AddRange(await HoursAsync(model, today.AddDays(-ago), cancellation));
        var recent = await QualitiesAsync(model, recentHours, null, cancellation);
        days = [.. days.OrderByDescending(one => one.Day).ThenByDescending(one => one.Version)];

        var errors = QualityPolicy.Errors(days);
        var (lost, estimated) = (new List<LostMetric>(), new List<LostEstimate>());
        var newest = days.Count == 0 ? null : days[0].Day;
        foreach (var judged in recent.Concat(days.Where(one => one.Day == newest)))
            if ((await _models.FindAsync(model, judged.Version, cancellation))?.Spec is { } spec)
                lost.AddRange(QualityPolicy.Lost(spec.Gates, judged));
        if (recent.MaxBy(one => one.Version) is { } serves && (await _models.FindAsync(model, serves.Version, cancellation))?.Spec is { } demanded)
            estimated.AddRange(QualityPolicy.EstimatedLost(demanded.Gates, serves, errors));
        var latest = days.Concat(recent).MaxBy(one => one.Version)?.Version;
        var unit = latest is { } version ? (await _models.FindAsync(model, version, cancellation))?.Spec?.Value?.Unit : null;
        var report = new QualityReport(
            model, now, [.. recent, .. days], lost, errors, counts.Values.Aggregate(FeedbackCounts.None, (sum, day) => sum.Plus(day)), unit,
            [.. problems], new SortedDictionary<DateOnly, FeedbackCounts>(counts), estimated);
        await store.WriteAsync(StoreKeys.Quality(model), report, RegistryJson.Default.QualityReport, PutCondition.None, cancellation);
        return report;
    }

    private async Task<IReadOnlyList<VersionQuality>> QualitiesAsync(string model, IReadOnlyList<JoinedHour> hours, DateOnly? day, CancellationToken cancellation)
    {
        var qualities = new List<VersionQuality>();
        foreach (var joined in JoinedHour.Together(hours).Reverse())
            if (await _models.FindAsync(model, joined.Version, cancellation) is { } known)
                qualities.Add(known.Quality(joined, day));
        return qualities;
    }

    private async Task<IReadOnlyList<JoinedHour>> HoursAsync(string model, DateOnly day, CancellationToken cancellation)
    {
        var hours = new List<JoinedHour>();
        await foreach (var key in store.ListKeysAsync(StoreKeys.JoinedHours(model, day), cancellation: cancellation))
            if (await store.ReadAsync(key, RegistryJson.Default.JoinedHour, cancellation) is { } hour)
                hours.Add(hour.Value);
        return hours;
    }
}
