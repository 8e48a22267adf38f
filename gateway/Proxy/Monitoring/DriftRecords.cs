using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Monitoring;

/// <summary>What servers have counted and what was found, in the store; and the baselines, each of which is read from its archive once. One loop owns it.</summary>
public sealed class DriftRecords(IObjectStore store, GatewayOptions options, TimeProvider time)
{
    private static readonly TimeSpan ArchiveTimeout = TimeSpan.FromSeconds(60);

    // a model has two at a time
    private const int MaxBaselines = 1000;

    private readonly ModelVersions _versions = new(store);
    private readonly FeatureBaselines _baselines = new(store);
    private readonly Dictionary<(string Model, int Version), (string OnnxSha256, FeatureBaseline? Baseline)> _known = [];

    public async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        var models = new List<string>();
        await foreach (var folder in store.ListFoldersAsync(StoreKeys.Monitoring, deadline.Token))
            models.Add(folder[StoreKeys.Monitoring.Length..].TrimEnd('/'));
        return [.. models.Where(ModelName.IsValid)];
    }

    /// <summary>Keys of counts by start of their window, the oldest window first.</summary>
    /// <param name="after">Only later windows.</param>
    public async Task<IReadOnlyList<IGrouping<DateTimeOffset, string>>> KeysAsync(string model, DateTimeOffset? after, int most, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        var keys = new List<(DateTimeOffset Start, string Key)>();
        // a tilde sorts after all names of servers
        await foreach (var key in store.ListKeysAsync(StoreKeys.DriftWindows(model), after is { } start ? $"{StoreKeys.DriftWindows(model, start)}~" : null, deadline.Token))
        {
            if (DriftWindows.StartOf(key) is not { } at)
                continue;
            if (keys.Count >= most && keys[^1].Start != at)
                break;
            keys.Add((at, key));
        }

        return [.. keys.GroupBy(key => key.Start, key => key.Key)];
    }

    /// <returns>Null if it is gone.</returns>
    /// <exception cref="UnreadableObjectException">It is no such record.</exception>
    public async Task<DriftWindow?> WindowAsync(string key, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        return (await store.ReadAsync(key, RegistryJson.Default.DriftWindow, deadline.Token))?.Value;
    }

    public async Task<DriftVerdict?> LatestAsync(string model, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        try
        {
            return (await store.ReadAsync(StoreKeys.LatestDrift(model), RegistryJson.Default.DriftVerdict, deadline.Token))?.Value;
        }
        catch (UnreadableObjectException)
        {
            return null; // written over with the next verdict
        }
    }

    /// <summary>The first verdict on a window stays.</summary>
    public async Task WriteAsync(DriftVerdict verdict, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        await store.WriteAsync(
            StoreKeys.DriftVerdict(verdict.Model, verdict.Start, verdict.Version), verdict, RegistryJson.Default.DriftVerdict, PutCondition.Absent, deadline.Token);
    }

    public async Task ShowAsync(DriftVerdict verdict, CancellationToken cancellation)
    {
        using var deadline = new Deadline(options.LeaseTimeout, time, cancellation);
        await store.WriteAsync(StoreKeys.LatestDrift(verdict.Model), verdict, RegistryJson.Default.DriftVerdict, PutCondition.None, deadline.Token);
    }

    public async Task<DriftVerdict> EvaluateAsync(DriftWindow window, CancellationToken cancellation)
    {
        var (sha256, baseline) = await BaselineAsync(window.Model, window.Version, cancellation);
        return baseline is null ? DriftPolicy.WithoutBaseline(window, $"Version {window.Version} has no baseline to compare with: train it again with this release.")
            : sha256 != window.OnnxSha256 ? DriftPolicy.WithoutBaseline(window, $"Servers predicted with another file than the one that is registered as version {window.Version}.")
            : DriftPolicy.Evaluate(baseline, window);
    }

    private async Task<(string OnnxSha256, FeatureBaseline? Baseline)> BaselineAsync(string model, int version, CancellationToken cancellation)
    {
        if (_known.TryGetValue((model, version), out var known))
            return known;
        using var deadline = new Deadline(ArchiveTimeout, time, cancellation);
        if (_known.Count >= MaxBaselines)
            _known.Clear();
        var manifest = await _versions.GetAsync(model, version, deadline.Token);
        return _known[(model, version)] = manifest is null ? ("", null) : (manifest.Artifact.OnnxSha256, await ReadAsync(manifest, deadline.Token));
    }

    /// <summary>An archive that no server would accept either has none.</summary>
    private async Task<FeatureBaseline?> ReadAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        try
        {
            return await _baselines.ReadAsync(manifest, cancellation);
        }
        catch (InvalidArtifactException)
        {
            return null;
        }
    }
}
