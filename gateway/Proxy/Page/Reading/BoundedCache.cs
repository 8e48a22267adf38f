using System.Collections.Concurrent;

namespace Slipway.Gateway.Page.Reading;

/// <summary>Remembers what never changes in the store. When it is full, it begins again: a page is rare enough.</summary>
public sealed class BoundedCache<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    public async Task<TValue?> GetAsync(TKey key, Func<Task<TValue?>> read)
    {
        if (_known.TryGetValue(key, out var known))
            return known;
        var value = await read();
        if (value is null)
            return value;
        if (_known.Count >= most)
            _known.Clear();
        return _known[key] = value;
    }
}
