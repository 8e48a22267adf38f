using System.Text.Json.Serialization.Metadata;
using Slipway.Gateway.Options;
using Slipway.PredictionLogs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Page.Reading;

/// <summary>
/// What the page shows from the store. A store that is away or hangs costs a page its part and a few seconds, never the page. Safe for concurrent use.
/// </summary>
public sealed class PageStore(IObjectStore store, GatewayOptions options, TimeProvider time) : IDisposable
{
    private const int AtOnce = 16;
    private const int MaxVersions = 100;
    private const int MaxEntries = 100;
    private const int MaxRollouts = 50;
    private const int MaxReportBytes = 8 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>An archive may be large.</summary>
    private static readonly TimeSpan ArchiveTimeout = TimeSpan.FromSeconds(20);

    private readonly ModelVersions _versions = new(store);
    private readonly BoundedCache<(string, int), ModelManifest> _manifests = new(200);
    private readonly BoundedCache<(string, int), VersionSummary> _summaries = new(20_000);
    private readonly BoundedCache<(string, int), HistoryEntry> _entries = new(20_000);
    private readonly BoundedCache<(string, int), GoldenExamples> _examples = new(50);
    private readonly BoundedCache<(string, int), FeatureBaseline> _baselines = new(50);
    private readonly TimedCache<ChannelCatalog> _catalogs = new(TimeSpan.FromSeconds(2), 10, time);
    private readonly TimedCache<ModelMonitoring> _monitoring = new(TimeSpan.FromMinutes(1), 20_000, time);
    private readonly SemaphoreSlim _archives = new(1);

    /// <summary>Versions and last moves by model; those of a model are null if they could not be read.</summary>
    public Task<StoreRead<IReadOnlyDictionary<string, ModelSummary>>> ModelsAsync(CancellationToken cancellation) => TryAsync(async deadline =>
    {
        var catalogs = await Task.WhenAll(Colors.All.Select(color => _catalogs.GetAsync(color.Word(), () => CatalogAsync(color, deadline))));
        var names = catalogs.SelectMany(catalog => catalog.Models.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, ModelSummary>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(AtOnce))
            foreach (var summary in await Task.WhenAll(some.Select(name => SummaryAsync(name, catalogs[0].Models.GetValueOrDefault(name), catalogs[1].Models.GetValueOrDefault(name), deadline))))
                found[summary.Model] = summary;
        return (IReadOnlyDictionary<string, ModelSummary>)found;
    }, Timeout, cancellation);

    public Task<StoreRead<ModelManifest>> ManifestAsync(string model, int version, CancellationToken cancellation) =>
        TryAsync(deadline => ReadManifestAsync(model, version, deadline), Timeout, cancellation);

    /// <summary>The newest versions, newest first.</summary>
    public Task<StoreRead<IReadOnlyList<ModelManifest>>> VersionsAsync(string model, CancellationToken cancellation) => TryAsync(async deadline =>
    {
        var numbers = await _versions.ListAsync(model, deadline).ToListAsync(deadline);
        var newest = numbers.AsEnumerable().Reverse().Take(MaxVersions).ToList();
        var found = new List<ModelManifest>();
        foreach (var some in newest.Chunk(AtOnce))
            found.AddRange((await Task.WhenAll(some.Select(number => ReadManifestAsync(model, number, deadline)))).OfType<ModelManifest>());
        return (IReadOnlyList<ModelManifest>)found;
    }, Timeout, cancellation);

    /// <summary>The last moves of a model's channels, newest first.</summary>
    public Task<StoreRead<IReadOnlyList<HistoryEntry>>> HistoryAsync(string model, CancellationToken cancellation) => TryAsync(async deadline =>
    {
        var numbers = await store.ListKeysAsync(StoreKeys.History(model), cancellation: deadline).Select(StoreKeys.NumberOf).Where(number => number is not null).Select(number => number!.Value).ToListAsync(deadline);
        var found = new List<HistoryEntry>();
        foreach (var some in numbers.AsEnumerable().Reverse().Take(MaxEntries).Chunk(AtOnce))
            found.AddRange((await Task.WhenAll(some.Select(number => EntryAsync(model, number, deadline)))).OfType<HistoryEntry>());
        return (IReadOnlyList<HistoryEntry>)found;
    }, Timeout, cancellation);

    /// <summary>The ids of the last rollouts, newest first.</summary>
    public Task<StoreRead<IReadOnlyList<string>>> RolloutsAsync(CancellationToken cancellation) => TryAsync(async deadline =>
    {
        var prefix = StoreKeys.Rollouts(options.Gateway);
        var ids = await store.ListKeysAsync(prefix, cancellation: deadline)
            .Where(key => key.EndsWith(".json", StringComparison.Ordinal)).Select(key => key[prefix.Length..^".json".Length]).ToListAsync(deadline);
        return (IReadOnlyList<string>)[.. ids.OrderByDescending(id => id.Length).ThenByDescending(id => id, StringComparer.Ordinal).Take(MaxRollouts)];
    }, Timeout, cancellation);

    public Task<StoreRead<RolloutRecord>> RolloutAsync(string id, CancellationToken cancellation) => TryAsync(
        async deadline => (await store.ReadAsync(StoreKeys.Rollout(options.Gateway, id), RegistryJson.Default.RolloutRecord, deadline))?.Value, Timeout, cancellation);

    public Task<StoreRead<PredictionRecord>> PredictionAsync(PredictionId id, string text, CancellationToken cancellation) =>
        TryAsync(deadline => new PredictionLogReader(store).FindAsync(id, text, deadline), ArchiveTimeout, cancellation);

    /// <summary>Rows of a version's golden set, to begin with.</summary>
    public async Task<StoreRead<GoldenExamples>> ExamplesAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        // one at a time: unpacking costs disk and memory, whoever asks
        await _archives.WaitAsync(cancellation);
        try
        {
            return await TryAsync(
                deadline => _examples.GetAsync((manifest.Model, manifest.Version), async () => GoldenExamples.Of(await new GoldenSets(store).ReadAsync(manifest, deadline))),
                ArchiveTimeout, cancellation);
        }
        finally
        {
            _archives.Release();
        }
    }

    /// <summary>What a verdict about drift compared, column by column.</summary>
    public Task<StoreRead<IReadOnlyList<ColumnHistogram>>> HistogramsAsync(DriftVerdict verdict, ModelManifest manifest, CancellationToken cancellation) => TryAsync(async deadline =>
    {
        var baseline = await _baselines.GetAsync((manifest.Model, manifest.Version), () => new FeatureBaselines(store).ReadAsync(manifest, deadline));
        DriftWindow? sum = null;
        await foreach (var key in store.ListKeysAsync($"{StoreKeys.DriftWindows(verdict.Model, verdict.Start)}{verdict.Version}.", cancellation: deadline))
            if (await ReadableAsync(key, RegistryJson.Default.DriftWindow, deadline) is { } window)
                sum = sum is null ? window : sum.Fits(window) ? sum.Add(window) : sum;
        return baseline is null || sum is null ? null : ColumnHistogram.Of(baseline, sum, manifest.Schema);
    }, ArchiveTimeout, cancellation);

    /// <summary>How the last day's requests compare with the training data by all columns together.</summary>
    public Task<StoreRead<DomainVerdict>> DomainAsync(string model, CancellationToken cancellation) =>
        TryAsync(deadline => ReadableAsync(StoreKeys.Domain(model), RegistryJson.Default.DomainVerdict, deadline), Timeout, cancellation);

    /// <summary>The report of a training job, as it is stored.</summary>
    public Task<StoreRead<byte[]>> ReportAsync(string job, CancellationToken cancellation) => TryAsync(async deadline =>
    {
        if (await store.GetAsync(StoreKeys.TrainingReportPage(job), cancellation: deadline) is not { } found)
            return null;
        await using (found)
        {
            if (found.Info.Length > MaxReportBytes)
                throw new SlipwayException($"the report has {found.Info.Length:N0} bytes; the limit is {MaxReportBytes:N0}.");
            using var bytes = new MemoryStream();
            await found.Content.CopyToAsync(bytes, deadline);
            return bytes.ToArray();
        }
    }, Timeout, cancellation);

    public void Dispose() => _archives.Dispose();

    private async Task<ModelSummary> SummaryAsync(string model, CatalogedChannel? blue, CatalogedChannel? green, CancellationToken cancellation)
    {
        var last = Math.Max(blue?.HistoryEntry ?? 0, green?.HistoryEntry ?? 0);
        return new(
            model, blue?.Version, green?.Version,
            await VersionAsync(model, blue?.Version, cancellation), await VersionAsync(model, green?.Version, cancellation),
            last == 0 ? null : await EntryAsync(model, last, cancellation),
            await _monitoring.GetAsync(model, () => MonitoringAsync(model, cancellation)));
    }

    private async Task<ModelMonitoring> MonitoringAsync(string model, CancellationToken cancellation) => new(
        await ReadableAsync(StoreKeys.LatestDrift(model), RegistryJson.Default.DriftVerdict, cancellation),
        await ReadableAsync(StoreKeys.Quality(model), RegistryJson.Default.QualityReport, cancellation));

    private async Task<VersionSummary?> VersionAsync(string model, int? version, CancellationToken cancellation) => version is not { } number ? null :
        await _summaries.GetAsync((model, number), async () => await ReadManifestAsync(model, number, cancellation) is { } manifest ? VersionSummary.Of(manifest) : null);

    private Task<ModelManifest?> ReadManifestAsync(string model, int version, CancellationToken cancellation) =>
        _manifests.GetAsync((model, version), async () =>
        {
            try
            {
                return await _versions.GetAsync(model, version, cancellation);
            }
            catch (UnreadableObjectException)
            {
                return null; // shown as missing; History --verify says what is wrong with it
            }
        });

    private Task<HistoryEntry?> EntryAsync(string model, int number, CancellationToken cancellation) =>
        _entries.GetAsync((model, number), () => ReadableAsync(StoreKeys.HistoryEntry(model, number), RegistryJson.Default.HistoryEntry, cancellation));

    // what is damaged is shown as missing; the targets that work with it say what is wrong
    private async Task<T?> ReadableAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return (await store.ReadAsync(key, type, cancellation))?.Value;
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }

    private async Task<ChannelCatalog> CatalogAsync(Color color, CancellationToken cancellation)
    {
        if (await store.GetAsync(StoreKeys.Catalog(color), cancellation: cancellation) is not { } found)
            return ChannelCatalog.Empty;
        await using (found)
            return await ChannelCatalogs.ParseAsync(found, cancellation);
    }

    private async Task<StoreRead<T>> TryAsync<T>(Func<CancellationToken, Task<T?>> read, TimeSpan limit, CancellationToken cancellation)
        where T : class
    {
        using var deadline = new Deadline(limit, time, cancellation);
        try
        {
            // a store may ignore the cancellation
            return new(await read(deadline.Token).WaitAsync(deadline.Token), null);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new(default, $"The store did not respond within {limit.TotalSeconds:0} s.");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return new(default, $"The store cannot be read: {e.Message}");
        }
    }
}
