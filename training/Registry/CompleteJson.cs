using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Slipway.Registry;

/// <summary>
/// Reads JSON of which everybody may rely on every value. The serializer checks members for null, but not what lists and maps contain, and it reads 1e400 as an
/// infinite number, which it cannot write again: a record with either would fail wherever it is used, and not where it is read.
/// </summary>
public static class CompleteJson
{
    /// <exception cref="JsonException">It is not a <typeparamref name="T"/>, or a value in it is null or not finite where it must not be; the message says where.</exception>
    public static T? Deserialize<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) => Checked(JsonSerializer.Deserialize(json, type), type);

    /// <inheritdoc cref="Deserialize{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T? Deserialize<T>(string json, JsonTypeInfo<T> type) => Checked(JsonSerializer.Deserialize(json, type), type);

    /// <inheritdoc cref="Deserialize{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T? Deserialize<T>(Stream json, JsonTypeInfo<T> type) => Checked(JsonSerializer.Deserialize(json, type), type);

    /// <inheritdoc cref="Deserialize{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static async ValueTask<T?> DeserializeAsync<T>(Stream json, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        Checked(await JsonSerializer.DeserializeAsync(json, type, cancellation), type);

    private static T? Checked<T>(T? value, JsonTypeInfo<T> type) =>
        value is not null && Flaw(value, type, "$") is { } flaw ? throw new JsonException($"{flaw}.") : value;

    private static string? Flaw(object value, JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => FlawInMembers(value, type, path),
        JsonTypeInfoKind.Enumerable when MayHaveFlaws(type.ElementType!) => FlawInItems((IEnumerable)value, type, path),
        JsonTypeInfoKind.Dictionary when MayHaveFlaws(type.ElementType!) && value is IDictionary map => FlawInMap(map, type, path),
        _ => IsFinite(value) || (type.Options.NumberHandling & JsonNumberHandling.AllowNamedFloatingPointLiterals) != 0 ? null : $"{path} is too large for a number",
    };

    private static string? FlawInMembers(object value, JsonTypeInfo type, string path)
    {
        foreach (var member in type.Properties)
            if (member.Get?.Invoke(value) is { } content && Flaw(content, type.Options.GetTypeInfo(member.PropertyType), $"{path}.{member.Name}") is { } flaw)
                return flaw;
        return null;
    }

    private static string? FlawInItems(IEnumerable items, JsonTypeInfo type, string path)
    {
        var (element, i) = (type.Options.GetTypeInfo(type.ElementType!), 0);
        foreach (var item in items)
            if (FlawOf(item, element, $"{path}[{i++}]") is { } flaw)
                return flaw;
        return null;
    }

    private static string? FlawInMap(IDictionary map, JsonTypeInfo type, string path)
    {
        var element = type.Options.GetTypeInfo(type.ElementType!);
        foreach (DictionaryEntry entry in map)
            if (FlawOf(entry.Value, element, $"{path}.{entry.Key}") is { } flaw)
                return flaw;
        return null;
    }

    private static string? FlawOf(object? item, JsonTypeInfo type, string path) => item is null ? $"{path} is null" : Flaw(item, type, path);

    private static bool MayHaveFlaws(Type element) => !element.IsValueType || element == typeof(double) || element == typeof(float);

    private static bool IsFinite(object value) => value switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        _ => true,
    };
}
