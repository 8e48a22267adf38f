using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Probes;

/// <summary>
/// The rows that servers are probed with, from the registered archives: each is downloaded and verified once while it is needed. What
/// cannot be had is asked for again later. Not safe for concurrent use: one loop owns it.
/// </summary>
public sealed partial class GoldenRows(IObjectStore store, TimeProvider time, ILogger<GoldenRows> logger)
{
    /// <summary>An archive may be large, and the store far.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ModelVersions _versions = new(store);
    private readonly GoldenSets _golden = new(store);
    private readonly Dictionary<(string Model, int Version, string OnnxSha256), Known> _known = [];

    /// <param name="Rows">Empty if they could not be had.</param>
    private sealed record Known(IReadOnlyList<ProbeRow> Rows, long At);

    /// <summary>The rows for each target, as far as they can be had. Those for others are forgotten.</summary>
    public async Task<IReadOnlyList<(ProbeTarget Target, ProbeRow Row)>> OfAsync(IReadOnlyList<ProbeTarget> targets, CancellationToken cancellation)
    {
        var keys = targets.Select(KeyOf).ToHashSet();
        foreach (var gone in _known.Keys.Where(key => !keys.Contains(key)).ToList())
            _known.Remove(gone);
        foreach (var target in targets.DistinctBy(KeyOf))
        {
            if (!_known.TryGetValue(KeyOf(target), out var known) || (known.Rows.Count == 0 && time.GetElapsedTime(known.At) >= RetryAfter))
                _known[KeyOf(target)] = new(await ReadAsync(target, cancellation), time.GetTimestamp());
        }
        return [.. from target in targets from row in _known[KeyOf(target)].Rows select (target, row)];
    }

    private async Task<IReadOnlyList<ProbeRow>> ReadAsync(ProbeTarget target, CancellationToken cancellation)
    {
        using var deadline = new Deadline(ReadTimeout, time, cancellation);
        try
        {
            var manifest = await _versions.GetAsync(target.Model, target.Version, deadline.Token)
                ?? throw new SlipwayException("it is not registered.");
            if (manifest.Artifact.OnnxSha256 != target.OnnxSha256)
                throw new SlipwayException($"{target.Servers[0].Replica} serves the file {target.OnnxSha256}, but {manifest.Artifact.OnnxSha256} is registered.");
            var golden = await _golden.ReadAsync(manifest, deadline.Token);
            return golden.Flaw is { } flaw ? throw new SlipwayException(flaw) : ProbeRow.Of(golden, manifest.Schema);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            NotAvailable(target.Model, target.Version, deadline.HasPassed ? $"the store did not deliver it within {ReadTimeout.TotalSeconds} s" : e.Message);
            return [];
        }
    }

    private static (string, int, string) KeyOf(ProbeTarget target) => (target.Model, target.Version, target.OnnxSha256);

    [LoggerMessage(LogLevel.Error, "The golden set of '{Model}' version {Version} is not available, so no server is probed with it: {Problem}")]
    private partial void NotAvailable(string model, int version, string problem);
}
