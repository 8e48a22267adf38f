using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>Text in and out of a store.</summary>
public sealed class ObjectStoreProbe(IObjectStore store)
{
    public async Task<ObjectInfo?> PutAsync(string key, string content, PutCondition condition = default)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await store.PutAsync(key, stream, condition);
    }

    public async Task<string?> ReadAsync(string key, string? version = null)
    {
        await using var found = await store.GetAsync(key, version);
        return found is null ? null : await TextAsync(found);
    }

    public async Task<string[]> ListAsync(string prefix) =>
        await store.ListAsync(prefix).Select(info => info.Key).ToArrayAsync();

    public static async Task<string> TextAsync(StoredObject? found)
    {
        Assert.That(found, Is.Not.Null);
        using var reader = new StreamReader(found!.Content);
        return await reader.ReadToEndAsync();
    }
}
