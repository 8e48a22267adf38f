using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Replicas;

namespace Slipway.Gateway.PutBacks;

/// <summary>A server's report that it has put a version back.</summary>
public sealed record PutBackReport(string Replica, Color Color, string Model, PutBackVersion PutBack);

/// <summary>
/// What follows for the whole fleet from a version that a server put back: every channel that points to it moves back, and the version is blocked. Pure.
/// </summary>
public static class PutBackPolicy
{
    // a sentence is much shorter
    private const int MaxReasonLength = 1000;

    /// <summary>The first report of each put-back; servers that swapped at the same time come to the same result.</summary>
    public static IReadOnlyList<PutBackReport> Reports(IEnumerable<ReplicaHeartbeat> heartbeats) =>
    [
        .. from heartbeat in heartbeats
           from served in heartbeat.Models
           where served.PutBack is { } putBack && served.Version != putBack.Version && served.Quarantined.Any(bad => bad.Version == putBack.Version)
           orderby served.PutBack!.At, heartbeat.Replica
           select new PutBackReport(heartbeat.Replica, heartbeat.Color, served.Model, served.PutBack!),
    ];

    public static string NameOf(string gateway) => $"gateway {gateway}";

    /// <param name="seen">The model's channels.</param>
    /// <param name="bad">The manifest of the version that was put back; null if there is none.</param>
    /// <param name="before">The same of the one that serves again.</param>
    /// <returns>Null if nothing has to move: somebody has moved the channel since, or chose the version although it is blocked.</returns>
    public static ChannelMove? Move(PutBackReport report, ChannelSnapshot seen, ModelManifest? bad, ModelManifest? before, string gateway)
    {
        if (bad is null || before is null || bad.Version == before.Version || bad.Artifact.OnnxSha256 != report.PutBack.OnnxSha256)
            return null;
        var (by, reason) = (NameOf(gateway), Reason(report));
        // a process that died on the way is completed by the same move
        if (seen is { IsUnderWay: true, Last: { Action: HistoryAction.Rollback } last } && last.To == before.Version && last.By == by && last.Reason == reason)
            return new(report.Model, before.Version, HistoryAction.Rollback, last.Channels, by, reason, [bad.Artifact.OnnxSha256], seen.Head);
        // the last move decides, whether or not its channels have followed
        if (seen.Blocks(bad.Artifact.OnnxSha256) || seen.Blocks(before.Artifact.OnnxSha256) || seen.IsUnderWay)
            return null;
        Color[] channels = [.. Colors.All.Where(color => seen.Pointers.GetValueOrDefault(color)?.Version == bad.Version)];
        return channels.Contains(report.Color)
            ? new(report.Model, before.Version, HistoryAction.Rollback, channels, by, reason, [bad.Artifact.OnnxSha256], seen.Head)
            : null;
    }

    /// <summary>Whether the last move was made because of this report.</summary>
    public static bool IsMoved(PutBackReport report, ChannelSnapshot seen, string gateway) =>
        seen.Last is { Action: HistoryAction.Rollback } last && last.By == NameOf(gateway) && last.Reason == Reason(report);

    /// <summary>One line: the history shows it as it is.</summary>
    private static string Reason(PutBackReport report)
    {
        var reason = string.Concat($"Server {report.Replica} put version {report.PutBack.Version} back: {report.PutBack.Reason}".Select(letter => char.IsControl(letter) ? ' ' : letter));
        return reason.Length > MaxReasonLength ? $"{reason.AsSpan(0, MaxReasonLength)}..." : reason;
    }
}
