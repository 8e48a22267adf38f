using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry.History;

namespace Slipway.Registry.Signing;

/// <summary>The signed statement about a history entry. The entry contains the hash of the previous one, so the statement vouches for all before it too.</summary>
public sealed record HistoryStatement(
    [property: JsonPropertyName("_type")] string Type, IReadOnlyList<ResourceDescriptor> Subject, string PredicateType, HistoryPredicate Predicate)
{
    public const string EntryType = "urn:slipway:history-entry:v1";

    /// <param name="sha256">Hash of the entry's stored bytes.</param>
    internal static byte[] Of(HistoryEntry entry, string sha256) => JsonSerializer.SerializeToUtf8Bytes(
        new(
            InTotoStatement.StatementType,
            [new(StoreKeys.HistoryEntry(entry.Model, entry.Number), null, new Dictionary<string, string> { ["sha256"] = sha256 })],
            EntryType, new(entry.Model, entry.Number, entry.To, entry.By)),
        SigningJson.Default.HistoryStatement);
}

public sealed record HistoryPredicate(string Model, int Number, int To, string By);
