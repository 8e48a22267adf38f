using System.Text;

namespace Slipway.Benchmarks.Load;

/// <summary>The values that a header had, and when.</summary>
/// <param name="header">Null to watch none.</param>
public sealed class SeenValues(string? header)
{
    private readonly byte[]? _header = header is null ? null : Encoding.ASCII.GetBytes(header);
    private readonly Dictionary<string, SeenValue> _seen = new(StringComparer.Ordinal);
    private byte[] _last = [];
    private string _lastValue = "";

    public IEnumerable<SeenValue> All => _seen.Values;

    public void Add(AnswerReader answer, long now)
    {
        if (_header is null)
            return;
        var value = answer.Header(_header);
        // nearly always the same as before, so no new string is created for it
        if (!value.SequenceEqual(_last))
            (_last, _lastValue) = (value.ToArray(), Encoding.ASCII.GetString(value));
        _seen[_lastValue] = _seen.TryGetValue(_lastValue, out var seen)
            ? seen with { Count = seen.Count + 1, Last = now }
            : new(_lastValue, 1, now, now);
    }
}
