using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slipway.Registry.Storage;

/// <summary>Reads and writes records in the store as JSON.</summary>
public static class StoreJson
{
    public static async Task<Versioned<T>?> ReadAsync<T>(
        this IObjectStore store, string key, JsonTypeInfo<T> type, CancellationToken cancellation = default) where T : class
    {
        var found = await store.GetAsync(key, cancellation: cancellation);
        if (found is null)
            return null;

        await using (found)
            return new(await DeserializeAsync(found, type, cancellation), found.Info.ETag);
    }

    /// <summary>Returns the new ETag, or null if <paramref name="condition"/> was not met and nothing was written.</summary>
    public static async Task<string?> WriteAsync<T>(
        this IObjectStore store, string key, T value, JsonTypeInfo<T> type, PutCondition condition, CancellationToken cancellation = default)
        where T : class
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type), writable: false);
        var written = await store.PutAsync(key, content, condition, cancellation);
        return written?.ETag;
    }

    public static async Task<T> DeserializeAsync<T>(StoredObject found, JsonTypeInfo<T> type, CancellationToken cancellation = default)
        where T : class
    {
        try
        {
            return await CompleteJson.DeserializeAsync(found.Content, type, cancellation)
                ?? throw new UnreadableObjectException($"'{found.Info.Key}' in the store is null instead of a {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new UnreadableObjectException($"'{found.Info.Key}' in the store is not a readable {typeof(T).Name}: {e.Message}", e);
        }
    }
}

/// <summary>A record and its ETag when it was read, as needed for a compare-and-swap.</summary>
public sealed record Versioned<T>(T Value, string ETag);
