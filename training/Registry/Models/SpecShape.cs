using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slipway.Registry.Models;

/// <summary>Compares handwritten JSON with the expected type, and describes in JSON terms what does not match.</summary>
internal static class SpecShape
{
    public static IEnumerable<string> Problems(JsonElement json, JsonTypeInfo type, string path = "")
    {
        if (json.ValueKind == JsonValueKind.Null)
            return [];
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => OfObject(json, type, path),
            JsonTypeInfoKind.Dictionary => OfMap(json, type, path),
            JsonTypeInfoKind.Enumerable => OfList(json, type, path),
            _ => OfValue(json, Nullable.GetUnderlyingType(type.Type) is { } value ? type.Options.GetTypeInfo(value) : type, path),
        };
    }

    private static IEnumerable<string> OfObject(JsonElement json, JsonTypeInfo type, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            yield return $"{Name(path)} must be an object in braces.";
            yield break;
        }

        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            if (known.TryGetValue(member.Name, out var property))
                foreach (var problem in Problems(member.Value, type.Options.GetTypeInfo(property.PropertyType), Join(path, member.Name)))
                    yield return problem;
            else
                yield return $"{Name(Join(path, member.Name))} is unknown.{Suggestion.DidYouMean(member.Name, known.Keys)} Valid members: {string.Join(", ", known.Keys)}.";

        foreach (var property in known.Values.Where(property => property.IsRequired && !json.TryGetProperty(property.Name, out _)))
            yield return $"{Name(Join(path, property.Name))} is missing.";
    }

    private static IEnumerable<string> OfMap(JsonElement json, JsonTypeInfo type, string path) =>
        json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().SelectMany(member => OfItem(member.Value, type, Join(path, member.Name)))
            : [$"{Name(path)} must be an object in braces."];

    private static IEnumerable<string> OfList(JsonElement json, JsonTypeInfo type, string path) =>
        json.ValueKind == JsonValueKind.Array
            ? json.EnumerateArray().SelectMany((item, i) => OfItem(item, type, $"{path}[{i}]"))
            : [$"{Name(path)} must be a list in square brackets."];

    // a member may be null in place of absent, an item may not
    private static IEnumerable<string> OfItem(JsonElement json, JsonTypeInfo type, string path) =>
        json.ValueKind == JsonValueKind.Null ? [$"{Name(path)} must not be null."] : Problems(json, type.Options.GetTypeInfo(type.ElementType!), path);

    private static IEnumerable<string> OfValue(JsonElement json, JsonTypeInfo info, string path)
    {
        var type = info.Type;
        if (type.IsEnum)
        {
            var words = Words(info);
            var given = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
            if (!words.Contains(given))
                yield return $"{Name(path)} is '{given}'.{Suggestion.DidYouMean(given, words)} Valid values: {string.Join(", ", words)}.";
        }
        else if (type == typeof(string) && json.ValueKind != JsonValueKind.String)
            yield return $"{Name(path)} must be text in quotes, not {json.GetRawText()}.";
        else if (type == typeof(int) && !(json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _)))
            yield return $"{Name(path)} must be a whole number, not {json.GetRawText()}.";
        else if (type == typeof(long) && !(json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _)))
            yield return $"{Name(path)} must be a whole number, not {json.GetRawText()}.";
        else if (type == typeof(double) && json.ValueKind != JsonValueKind.Number)
            yield return $"{Name(path)} must be a number, not {json.GetRawText()}.";
    }

    // From the serializer, because fields and their attributes may be trimmed away.
    private static string[] Words(JsonTypeInfo type) =>
    [
        .. Enum.GetValuesAsUnderlyingType(type.Type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToElement(Enum.ToObject(type.Type, value), type).GetString()!),
    ];

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Name(string path) => path.Length == 0 ? "It" : $"'{path}'";
}
