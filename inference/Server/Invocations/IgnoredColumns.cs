using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Columns of a request that the model does not have. They are not an error, because ids and labels come along with records;
/// the response lists them, so that a misspelled column does not silently become a missing value.
/// </summary>
public sealed class IgnoredColumns
{
    /// <summary>The maximum number: ids, labels and whatever else comes along with records.</summary>
    public const int MaxCount = 256;

    private const int MaxNamed = 16;

    private HashSet<int>? _seen;
    private List<string>? _named;

    /// <exception cref="RequestException">400: there are too many.</exception>
    public void Add(ReadOnlySpan<char> name)
    {
        _seen ??= [];
        if (!_seen.Add(string.GetHashCode(name)))
            return;
        if (_seen.Count > MaxCount)
            throw RequestException.Bad($"The request has more than {MaxCount} columns that the model does not have. Remove columns that it does not need.");

        _named ??= [];
        if (_named.Count < MaxNamed)
            _named.Add(NamesHeader.Encode(name));
    }

    /// <summary>For the next request.</summary>
    public void Clear() => (_seen, _named) = (null, null);

    /// <summary>Null if there are none.</summary>
    public string? Header => _named is null ? null : NamesHeader.Join(_named, _seen!.Count - _named.Count);
}
