namespace Slipway.Trainer.Data;

/// <summary>
/// Quantiles of a stream in bounded memory: exact up to <paramref name="capacity"/> values, and from a uniform reservoir sample beyond.
/// Seeded, so the same stream gives the same quantiles.
/// </summary>
public sealed class ValueSample(int capacity = 100_000)
{
    private readonly Random _random = new(1);
    private readonly List<float> _values = [];
    private long _seen;
    private bool _sorted;

    public void Add(float value)
    {
        _sorted = false;
        _seen++;
        if (_values.Count < capacity)
            _values.Add(value);
        else if (_random.NextInt64(_seen) is var place && place < capacity)
            _values[(int)place] = value;
    }

    /// <summary>The smallest sampled value that at least this share of the sample does not exceed.</summary>
    public float Quantile(double share)
    {
        if (_values.Count == 0)
            throw new InvalidOperationException("No value was added.");
        if (!_sorted)
            _values.Sort();
        _sorted = true;
        return _values[Math.Clamp((int)Math.Ceiling(share * _values.Count) - 1, 0, _values.Count - 1)];
    }
}
