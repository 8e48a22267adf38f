using System.Collections.Concurrent;
using Slipway.Inference.Generations;
using Slipway.Inference.Options;

namespace Slipway.Inference.Monitoring;

/// <summary>The monitors of all versions that this server has predicted with lately. A version that is unloaded and loaded again goes on counting.</summary>
public sealed class ModelMonitors(InferenceOptions options)
{
    private readonly ConcurrentDictionary<(string Model, int Version, string OnnxSha256), ModelMonitor> _monitors = new();
    private long _lost;

    public bool Enabled { get; } = options.Monitoring.Enabled;

    /// <summary>Windows that were lost because the store was away.</summary>
    public long Lost => Interlocked.Read(ref _lost) + _monitors.Values.Sum(monitor => monitor.Lost);

    public IEnumerable<ModelMonitor> All => _monitors.Values;

    /// <summary>The monitor of a generation; null if nothing is counted of it.</summary>
    public ModelMonitor? Of(ModelGeneration generation) =>
        generation.Monitor is { IsRemoved: false } monitor ? monitor
        : Enabled && generation.Baseline is not null ? Begin(generation)
        : null;

    /// <summary>Nothing was counted for long. If its version gets another request, there will be a new one.</summary>
    public void Remove(ModelMonitor monitor)
    {
        monitor.IsRemoved = true;
        if (_monitors.TryRemove(KeyValuePair.Create(KeyOf(monitor.Profile), monitor)))
            Interlocked.Add(ref _lost, monitor.Lost);
    }

    private ModelMonitor? Begin(ModelGeneration generation)
    {
        if (MonitoredModel.Of(generation.Profile, generation.Baseline) is not { } model)
        {
            // not looked at again with every request
            generation.Baseline = null;
            return null;
        }

        // one more than may compute, for the one that reads
        var monitor = _monitors.GetOrAdd(
            KeyOf(generation.Profile), (_, of) => new(of.Model, of.Options.Monitoring.Window, of.Options.MaxConcurrency + 1), (Model: model, Options: options));
        return generation.Monitor = monitor;
    }

    private static (string, int, string) KeyOf(ModelProfile profile) =>
        (profile.Manifest.Model, profile.Manifest.Version, profile.Manifest.Artifact.OnnxSha256);
}
