using Slipway.Registry.Replicas;

namespace Slipway.Build.Environments.Fleets;

/// <summary>Which models the servers cannot serve, and whether traffic may still move to them. Pure.</summary>
public static class GapPolicy
{
    /// <summary>What is still in progress: servers are settled when each of them serves each model, or has found that it cannot serve it.</summary>
    /// <param name="desired">The version of each model that its channel points to.</param>
    /// <returns>Null if nothing is.</returns>
    public static string? Unsettled(IReadOnlyList<ReplicaHeartbeat> servers, IReadOnlyDictionary<string, int> desired)
    {
        if (servers.Count == 0)
            return "no server is sending heartbeats";
        var waiting = servers.SelectMany(server => desired.Where(model => !IsSettled(Of(server, model.Key), model.Value)).Select(model => $"{server.Replica} has not settled {model.Key}")).ToList();
        return waiting.Count == 0 ? null : string.Join("; ", waiting);
    }

    public static IReadOnlyList<ModelGap> Gaps(IReadOnlyList<ReplicaHeartbeat> servers, IReadOnlyDictionary<string, int> desired) =>
    [
        .. desired.OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => servers
                .Select(server => Of(server, model.Key))
                .Where(served => served?.Version != model.Value)
                .Select(served => new ModelGap(model.Key, model.Value, served?.Version, Reason(served, model.Value)))
                .MinBy(gap => gap.Answers ?? 0))
            .OfType<ModelGap>(),
    ];

    /// <summary>The first gap that callers would notice: the live color serves that model, in another version or at all.</summary>
    public static ModelGap? Loss(IReadOnlyList<ModelGap> gaps, IReadOnlyList<ReplicaHeartbeat> live) =>
        gaps.FirstOrDefault(gap => live.Any(server => Of(server, gap.Model)?.Version is { } version && version != gap.Answers));

    private static ServedModel? Of(ReplicaHeartbeat server, string model) => server.Models.FirstOrDefault(served => served.Model == model);

    private static bool IsSettled(ServedModel? served, int desired) =>
        served is not null && (served.Version == desired || served.Quarantined.Any(bad => bad.Version == desired));

    private static string Reason(ServedModel? served, int desired) => (served switch
    {
        null => "no server has found it yet",
        _ when served.Quarantined.FirstOrDefault(bad => bad.Version == desired) is { } bad => bad.Reason,
        { Postponed: { } postponed } => postponed,
        _ => "it is still loading",
    }).TrimEnd('.');
}
