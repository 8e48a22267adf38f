using Slipway.Gateway.Page.Reading;
using Slipway.Gateway.Status;
using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Page.Overview;

/// <summary>One line of the overview.</summary>
/// <param name="Summary">Null if the store has nothing about it, or could not be read.</param>
/// <param name="Served">What each server of each color reports.</param>
public sealed record OverviewModel(string Name, ModelSummary? Summary, IReadOnlyList<ServedOn> Served, IReadOnlyList<ColorCounts?> Counts)
{
    public long Requests => Counts.Sum(counts => counts?.Requests ?? 0);

    public long Errors => Counts.Sum(counts => counts?.Errors ?? 0);

    /// <summary>The versions that servers of a color answer with, ascending.</summary>
    public IReadOnlyList<int> VersionsOn(Color color) => [.. Served.Where(server => server.Color == color).Select(server => server.Model.Version).OfType<int>().Distinct().Order()];

    /// <summary>Of the color with more requests: each color has its own.</summary>
    public double? Percentile(double share) => Counts.OfType<ColorCounts>().MaxBy(counts => counts.Requests)?.Latencies.Percentile(share);

    /// <summary>The servers of a color that do not serve the version that their channel points to.</summary>
    public IEnumerable<ServedOn> Behind(Color color) => Served.Where(server =>
        server.Color == color && server.Model.State is ServedModelState.Failed or ServedModelState.Quarantined or ServedModelState.Loading or ServedModelState.Swapping);

    public static IReadOnlyList<OverviewModel> All(TrafficStatus status, IReadOnlyDictionary<string, ModelSummary>? summaries, ModelTraffic traffic)
    {
        var served = status.Colors
            .SelectMany(color => color.Destinations.SelectMany(server => server.Models.Select(model => new ServedOn(color.Color, server.Replica, model))))
            .ToLookup(server => server.Model.Model, StringComparer.Ordinal);
        return
        [
            .. served.Select(group => group.Key).Union(summaries?.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new OverviewModel(
                    name, summaries?.GetValueOrDefault(name), [.. served[name]], [.. Colors.All.Select(color => traffic.Of(name)?.Of(color))])),
        ];
    }
}

public sealed record ServedOn(Color Color, string Replica, ServedModel Model);
