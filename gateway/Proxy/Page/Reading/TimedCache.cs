using System.Collections.Concurrent;

namespace Slipway.Gateway.Page.Reading;

/// <summary>Remembers for a while what changes now and then: however many pages are open, the store is asked no more often.</summary>
public sealed class TimedCache<TValue>(TimeSpan age, int most, TimeProvider time)
    where TValue : class
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    private sealed record Known(TValue Value, long At);

    public async Task<TValue> GetAsync(string key, Func<Task<TValue>> read)
    {
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < age)
            return known.Value;
        var value = await read();
        if (_known.Count >= most)
            _known.Clear();
        _known[key] = new(value, time.GetTimestamp());
        return value;
    }
}
