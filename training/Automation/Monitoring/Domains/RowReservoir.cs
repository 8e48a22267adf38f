namespace Slipway.Automation.Monitoring.Domains;

/// <summary>A sample of rows that come one after another: each has the same chance to be in it (J. Vitter, Random Sampling with a Reservoir, 1985, algorithm R).</summary>
public sealed class RowReservoir(int capacity, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<float[]> _rows = [];

    /// <summary>How many came.</summary>
    public long Seen { get; private set; }

    public IReadOnlyList<float[]> Rows => _rows;

    public void Add(ReadOnlySpan<float> row)
    {
        var place = _random.NextInt64(++Seen);
        if (_rows.Count < capacity)
            _rows.Add(row.ToArray());
        else if (place < capacity)
            row.CopyTo(_rows[(int)place]);
    }
}
