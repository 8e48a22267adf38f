using System.Text.Json.Serialization.Metadata;
using Slipway.Automation.Datasets;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;

namespace Slipway.Answers.ModelReports;

/// <summary>Everything that a report about a model shows, as the store has it at one moment.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Live">What each color serves, where it serves the model.</param>
/// <param name="History">The channel moves, oldest first.</param>
/// <param name="Jobs">All training jobs, in the order in which they were started.</param>
/// <param name="Drift">The verdicts on the last windows, oldest first.</param>
/// <param name="Domain">The last day beside the training data, by all columns together; null if nobody has compared them.</param>
/// <param name="Quality">As far as labels have arrived; null if none were joined with the log yet.</param>
/// <param name="Log">The last days of the log.</param>
/// <param name="Size">The servers that run; null if that is not known.</param>
/// <param name="LogSize">Of the newest day with predictions; null if no prediction was logged.</param>
public sealed record ModelReport(
    string Model,
    string Environment,
    DateTimeOffset At,
    IReadOnlyList<LiveChannel> Live,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<DatasetJob> Jobs,
    IReadOnlyList<DriftVerdict> Drift,
    DomainVerdict? Domain,
    QualityReport? Quality,
    LogSummary Log,
    ServingSize? Size,
    LogSize? LogSize,
    PriceTable? Prices,
    string PriceRegion)
{
    /// <summary>How far back the log is read.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(7);

    /// <summary>Servers are paid by the hour. Divided by the predictions of a few hours, their price says nothing of a prediction.</summary>
    public static readonly TimeSpan LeastPriced = TimeSpan.FromDays(1);

    private const int MaxVerdicts = 200;

    /// <summary>What a thousand predictions cost.</summary>
    public ServingCost Serving => ServingCost.Of(Prices, PriceRegion, HasHoursToPrice ? Size : null, Priced.TotalHours, Log.AllModels.Values.Sum(), LogSize);

    public bool HasHoursToPrice => Priced >= LeastPriced;

    /// <summary>How long servers have predicted, as far as the log is read: before the first prediction, nobody knows whether they ran.</summary>
    public TimeSpan Priced => Log.First is { } first ? Log.To - first : TimeSpan.Zero;

    /// <param name="progress">Hears now and then how far it is.</param>
    public static async Task<ModelReport> ReadAsync(
        IObjectStore store, DatasetJobs jobs, string model, ReportContext context, Action<string> progress, CancellationToken cancellation)
    {
        var (at, history) = (context.Time.GetUtcNow(), await new ModelHistory(store).InspectAsync(model, cancellation));
        var live = new List<LiveChannel>();
        foreach (var color in Colors.All)
            if (history.LiveAt(color, at) is { } entry)
                live.Add(new(color, entry, await new ModelVersions(store).GetAsync(model, entry.To, cancellation)));
        var log = await LogSummary.ReadAsync(new(store, damaged => progress(damaged.Message)), model, at - Period, at, progress, cancellation);
        return new(
            model, context.Environment, at, live, history.Entries, await jobs.OfAsync(model, cancellation), await DriftAsync(store, model, cancellation),
            await ReadableAsync(store, StoreKeys.Domain(model), RegistryJson.Default.DomainVerdict, cancellation),
            await ReadableAsync(store, StoreKeys.Quality(model), RegistryJson.Default.QualityReport, cancellation), log,
            context.Size, log.NewestDay is { } day ? await LogSizes.OfAsync(store, day.Day, day.Predictions, cancellation) : null, context.Prices, context.PriceRegion);
    }

    private static async Task<T?> ReadableAsync<T>(IObjectStore store, string key, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        try
        {
            return (await store.ReadAsync(key, type, cancellation))?.Value;
        }
        catch (UnreadableObjectException)
        {
            return null; // of a later release, or damaged: it is written over again
        }
    }

    // their names sort by the start of the window
    private static async Task<IReadOnlyList<DriftVerdict>> DriftAsync(IObjectStore store, string model, CancellationToken cancellation)
    {
        var newest = new Queue<string>();
        await foreach (var key in store.ListKeysAsync(StoreKeys.DriftVerdicts(model), cancellation: cancellation))
            if (key != StoreKeys.LatestDrift(model))
            {
                newest.Enqueue(key);
                if (newest.Count > MaxVerdicts)
                    newest.Dequeue();
            }

        var verdicts = new List<DriftVerdict>();
        foreach (var key in newest)
            try
            {
                if (await store.ReadAsync(key, RegistryJson.Default.DriftVerdict, cancellation) is { } verdict)
                    verdicts.Add(verdict.Value);
            }
            catch (UnreadableObjectException)
            {
                // of a later release, or damaged: the others are shown
            }

        return verdicts;
    }
}

/// <param name="Environment">Its name.</param>
/// <param name="Size">The servers that run; null if that is not known.</param>
/// <param name="Prices">What things cost; null if nobody says.</param>
public sealed record ReportContext(string Environment, ServingSize? Size, PriceTable? Prices, string PriceRegion, TimeProvider Time);

/// <param name="Entry">The move that made it live.</param>
/// <param name="Manifest">Null if it is gone.</param>
public sealed record LiveChannel(Color Color, HistoryEntry Entry, ModelManifest? Manifest)
{
    public int Version => Entry.To;
}
