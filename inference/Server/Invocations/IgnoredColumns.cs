using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Columns of a request that the model does not have. They are no error, because ids and labels travel with records;
/// the answer names them, so that a misspelt column does not pass for a missing value unseen.
/// </summary>
public sealed class IgnoredColumns
{
    /// <summary>How many there may be: ids, labels and what else travels with records.</summary>
    public const int Most = 256;

    private const int MostNamed = 16;

    private HashSet<int>? _seen;
    private List<string>? _named;

    /// <exception cref="RequestException">400: there are too many.</exception>
    public void Add(ReadOnlySpan<char> name)
    {
        _seen ??= [];
        if (!_seen.Add(string.GetHashCode(name)))
            return;
        if (_seen.Count > Most)
            throw RequestException.Bad($"The request has more than {Most} columns that the model does not have. Leave out what it does not need.");

        _named ??= [];
        if (_named.Count < MostNamed)
            _named.Add(NamesHeader.Encode(name));
    }

    /// <summary>Null when there are none.</summary>
    public string? Header => _named is null ? null : NamesHeader.Join(_named, _seen!.Count - _named.Count);
}
