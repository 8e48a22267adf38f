#nullable enable
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime.Documents;

namespace AwsJson;

/// <summary>Documents contain any JSON. Their converter is internal to the SDK, so the source generator cannot use it.</summary>
internal static class OpenContent
{
    public static JsonNode? ToJson(Document document) =>
        document.IsDictionary() ? new JsonObject(document.AsDictionary().Select(member => KeyValuePair.Create(member.Key, ToJson(member.Value))))
        : document.IsList() ? new JsonArray([.. document.AsList().Select(ToJson)])
        : document.IsString() ? JsonValue.Create(document.AsString())
        : document.IsBool() ? JsonValue.Create(document.AsBool())
        : document.IsInt() ? JsonValue.Create(document.AsInt())
        : document.IsLong() ? JsonValue.Create(document.AsLong())
        : document.IsDouble() ? JsonValue.Create(document.AsDouble())
        : null;

    public static Document FromJson(JsonNode? json) => json switch
    {
        null => new Document(),
        JsonObject members => new Document(members.ToDictionary(member => member.Key, member => FromJson(member.Value))),
        JsonArray items => new Document(items.Select(FromJson).ToList()),
        _ => FromJson(json.AsValue()),
    };

    private static Document FromJson(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => new Document(value.GetValue<string>()),
        JsonValueKind.True or JsonValueKind.False => new Document(value.GetValue<bool>()),
        _ when value.TryGetValue<int>(out var small) => new Document(small),
        _ when value.TryGetValue<long>(out var whole) => new Document(whole),
        _ => new Document(value.GetValue<double>()),
    };
}
