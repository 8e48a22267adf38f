using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Page.Reading;

/// <summary>A model in one line, as the store has it.</summary>
/// <param name="Blue">The version that the channel of blue points to; null if there is none.</param>
/// <param name="Last">The last move of its channels.</param>
public sealed record ModelSummary(string Model, int? Blue, int? Green, VersionSummary? BlueVersion, VersionSummary? GreenVersion, HistoryEntry? Last, ModelMonitoring Monitoring)
{
    public int? Of(Color color) => color == Color.Blue ? Blue : Green;

    public VersionSummary? VersionOf(Color color) => color == Color.Blue ? BlueVersion : GreenVersion;
}

/// <param name="Metric">The name of the metric that says most about models of its task.</param>
/// <param name="Quality">Null if it was not measured.</param>
public sealed record VersionSummary(int Version, string Metric, Metric? Quality, DateTimeOffset CreatedAt)
{
    public static VersionSummary Of(ModelManifest manifest)
    {
        var metric = MetricNames.For(manifest.Schema.Task)[0];
        return new(manifest.Version, metric, manifest.Metrics.Holdout.GetValueOrDefault(metric), manifest.CreatedAt);
    }
}
