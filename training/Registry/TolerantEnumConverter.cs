using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Registry;

/// <summary>
/// Reads a value that a later release has written as the member <c>Unknown</c>, so that the rest of the record stays readable: releases share the store
/// while one replaces the other.
/// </summary>
public sealed class TolerantEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly T Unknown = Enum.Parse<T>(nameof(Unknown));
    private static readonly JsonStringEnumConverter<T> Words = new(namingPolicy: null, allowIntegerValues: false);

    private JsonConverter<T>? _words;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Strict(options).Read(ref reader, typeToConvert, options);
        }
        catch (JsonException) when (reader.TokenType == JsonTokenType.String)
        {
            return Unknown;
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Strict(options).Write(writer, value, options);

    private JsonConverter<T> Strict(JsonSerializerOptions options) => _words ??= (JsonConverter<T>)Words.CreateConverter(typeof(T), options);
}
