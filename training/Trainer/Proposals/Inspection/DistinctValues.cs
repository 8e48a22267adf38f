namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>Counts different values in bounded memory: exactly up to <see cref="MaxCount"/>, and whether any occurs twice among the first <see cref="Watched"/>.</summary>
public sealed class DistinctValues
{
    public const int MaxCount = 1000;
    public const int Watched = 10_000;

    // a longer value is free text, which is not worth counting
    private const int MaxWordLength = 200;

    private Dictionary<string, long>? _counts = new(StringComparer.Ordinal);
    private HashSet<ulong>? _seen = [];

    /// <summary>How often each value occurs; null if there are too many.</summary>
    public IReadOnlyDictionary<string, long>? Counts => _counts;

    public bool Repeats { get; private set; }

    public void Add(ReadOnlySpan<char> value)
    {
        if (_seen is not null)
            Watch(value);
        if (_counts is null)
            return;

        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        counts[value] = counts.TryGetValue(value, out var count) ? count + 1 : 1;
        if (_counts.Count > MaxCount || value.Length > MaxWordLength)
            _counts = null;
    }

    private void Watch(ReadOnlySpan<char> value)
    {
        Repeats = !_seen!.Add(TextHash.Of(value));
        if (Repeats || _seen.Count == Watched)
            _seen = null;
    }
}
