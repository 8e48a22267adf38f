using System.Globalization;
using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests;

/// <summary>A number in the store that several count up: lost updates show as a total that is too small.</summary>
public static class StoreCounter
{
    public static async Task<int> IncrementAsync(IObjectStore store, string key)
    {
        while (true)
        {
            var (number, etag) = await ReadAsync(store, key);
            using var next = new MemoryStream(Encoding.UTF8.GetBytes((number + 1).ToString(CultureInfo.InvariantCulture)));
            if (await store.PutAsync(key, next, PutCondition.Since(etag)) is not null)
                return number + 1;
        }
    }

    public static async Task<(int Number, string? ETag)> ReadAsync(IObjectStore store, string key)
    {
        await using var found = await store.GetAsync(key);
        if (found is null)
            return (0, null);

        using var reader = new StreamReader(found.Content);
        return (int.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture), found.Info.ETag);
    }
}
