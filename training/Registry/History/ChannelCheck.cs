using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;

namespace Slipway.Registry.History;

/// <summary>Checks the channels' other members against the history: what they block, which version came before, who wrote them. Pure.</summary>
internal static class ChannelCheck
{
    public static IEnumerable<HistoryProblem> Problems(InspectedHistory history, IReadOnlyDictionary<int, ModelManifest> manifests)
    {
        foreach (var (color, pointer) in history.Pointers)
        {
            var followed = history.Entries.Where(entry => entry.Channels.Contains(color) && entry.Number <= pointer.HistoryEntry).ToList();
            foreach (var problem in Blocks(history, color, pointer, followed, manifests).Concat(Records(history, color, pointer, followed)))
                yield return problem;
        }
    }

    private static IEnumerable<HistoryProblem> Blocks(
        InspectedHistory history, Color color, ChannelPointer pointer, List<HistoryEntry> followed, IReadOnlyDictionary<int, ModelManifest> manifests)
    {
        // an entry may be ahead of its channel, which then already contains the block
        var explained = history.Entries.Where(entry => entry.Channels.Contains(color)).SelectMany(entry => Blocked(entry, manifests)).ToHashSet(StringComparer.Ordinal);
        foreach (var digest in pointer.Blocked.Where(digest => !explained.Contains(digest)))
            yield return new(HistoryProblemKind.Block, 0,
                $"The {color.Word()} channel of {history.Model} blocks model.onnx {digest}, but no entry of the history explains that.");

        foreach (var entry in followed)
            foreach (var digest in (entry.Blocked ?? []).Where(digest => !pointer.Blocked.Contains(digest)))
                yield return new(HistoryProblemKind.Block, entry.Number,
                    $"The {color.Word()} channel of {history.Model} no longer blocks model.onnx {digest}, although entry {entry.Number} blocked it: it could be published again automatically.");
    }

    // Entries that predate that member blocked the version that they left.
    private static IEnumerable<string> Blocked(HistoryEntry entry, IReadOnlyDictionary<int, ModelManifest> manifests) =>
        entry.Blocked ?? (entry is { Action: HistoryAction.Rollback, From: { } from } && from > entry.To && manifests.TryGetValue(from, out var left)
            ? [left.Artifact.OnnxSha256]
            : []);

    private static IEnumerable<HistoryProblem> Records(InspectedHistory history, Color color, ChannelPointer pointer, List<HistoryEntry> followed)
    {
        if (pointer.HistorySha256 is null)
            yield return new(HistoryProblemKind.Channel, pointer.HistoryEntry,
                $"The {color.Word()} channel of {history.Model} does not record the hash of entry {pointer.HistoryEntry}: it was written by hand.");
        if (followed.All(entry => entry.Number != pointer.HistoryEntry) && history.Entries.Any(entry => entry.Number == pointer.HistoryEntry))
            yield return new(HistoryProblemKind.Channel, pointer.HistoryEntry,
                $"The {color.Word()} channel of {history.Model} refers to entry {pointer.HistoryEntry}, which moved another channel.");
        if (pointer.Previous is { } previous && followed.All(entry => entry.Number == pointer.HistoryEntry || entry.To != previous))
            yield return new(HistoryProblemKind.Channel, pointer.HistoryEntry,
                $"The {color.Word()} channel of {history.Model} records version {previous} as the previous one, but no entry ever moved it there.");
    }
}
