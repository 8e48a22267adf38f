using Slipway.PredictionLogs;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>Reads one hour of the log, of all models at once, and joins it. An hour that does not fit in memory is read several times, each time a part of its ids.</summary>
/// <param name="maxRows">Of one model, in memory at once.</param>
public sealed class HourJoins(IObjectStore store, JoinedModels models, TimeProvider time, int maxRows = HourJoins.MaxRows)
{
    /// <summary>About 200 MB.</summary>
    public const int MaxRows = 1_000_000;

    private const int MaxPasses = 1024;

    /// <returns>By model. Damaged objects of the log are left out, and reported as a problem of each model.</returns>
    public async Task<IReadOnlyDictionary<string, JoinedHour>> ReadAsync(LogHour hour, CancellationToken cancellation)
    {
        for (var passes = 1; ; passes *= 2)
            if (await TryReadAsync(hour, passes, cancellation) is { } joined)
                return joined;
    }

    private async Task<IReadOnlyDictionary<string, JoinedHour>?> TryReadAsync(LogHour hour, int passes, CancellationToken cancellation)
    {
        var joined = new SortedDictionary<string, JoinedHour>(StringComparer.Ordinal);
        for (var pass = 0; pass < passes; pass++)
        {
            if (await PassAsync(hour, new(pass, passes), cancellation) is not { } part)
                return null;
            foreach (var (model, more) in part)
                joined[model] = joined.TryGetValue(model, out var before) ? before.Plus(more) : more;
        }

        return joined;
    }

    /// <returns>Null if there are too many rows for one of so few passes.</returns>
    private async Task<IReadOnlyDictionary<string, JoinedHour>?> PassAsync(LogHour hour, HourPass pass, CancellationToken cancellation)
    {
        var damages = new List<string>();
        var log = new PredictionLogReader(store, damage => damages.Add(damage.Message));
        var joins = new Dictionary<string, HourJoin>(StringComparer.Ordinal);
        await foreach (var feedback in log.ReadFeedbackAsync(hour.Hour, hour.Hour.AddHours(1), cancellation: cancellation))
        {
            var join = await JoinAsync(feedback.Model, feedback.Version);
            join.Add(feedback);
            if (IsFull(join))
                return null;
        }

        await foreach (var prediction in log.ReadAsync(hour.Hour, hour.Hour.AddHours(1), cancellation: cancellation))
        {
            var join = await JoinAsync(prediction.Model, prediction.Version);
            join.Add(prediction);
            if (IsFull(join))
                return null;
        }

        return joins.ToDictionary(join => join.Key, join => Complete(join.Value), StringComparer.Ordinal);

        async Task<HourJoin> JoinAsync(string model, int version)
        {
            await models.FindAsync(model, version, cancellation);
            if (!joins.TryGetValue(model, out var join))
                joins.Add(model, join = new(hour.Hour, known => models.Known(model, known), time.GetUtcNow(), pass));
            return join;
        }

        bool IsFull(HourJoin join) => join.Held > maxRows && pass.Of < MaxPasses;

        JoinedHour Complete(HourJoin join)
        {
            var complete = join.Complete(hour.Objects);
            return complete with { Problems = [.. complete.Problems.Concat(damages).Distinct()] };
        }
    }
}
