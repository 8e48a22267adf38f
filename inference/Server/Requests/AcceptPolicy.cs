using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Slipway.Inference.Requests;

/// <summary>Which of the media types that there are a caller would rather have (RFC 9110, 12.5.1). Pure.</summary>
public static class AcceptPolicy
{
    /// <param name="accept">The header; what cannot be read of it says nothing.</param>
    /// <param name="offered">In the order in which they are given to callers who do not mind.</param>
    /// <returns>Null when the caller wants none of them.</returns>
    public static string? Choose(StringValues accept, IReadOnlyList<string> offered)
    {
        // what almost everybody sends needs no list
        if (StringValues.IsNullOrEmpty(accept) || (accept.Count == 1 && (accept[0] == "*/*" || accept[0] == offered[0])) || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0)
            return offered[0];

        string? best = null;
        var (bestQuality, bestMatch, bestPosition) = (0d, -1, int.MaxValue);
        foreach (var type in offered)
        {
            var (quality, match, position) = Wish(type, ranges);
            if (quality > bestQuality || (best is not null && quality == bestQuality && (match > bestMatch || (match == bestMatch && position < bestPosition))))
                (best, bestQuality, bestMatch, bestPosition) = (type, quality, match, position);
        }

        return best;
    }

    // the range that names a type most exactly says how much it is wanted: q=0 is never
    private static (double Quality, int Match, int Position) Wish(string type, IList<MediaTypeHeaderValue> ranges)
    {
        var wish = (Quality: 0d, Match: -1, Position: 0);
        for (var i = 0; i < ranges.Count; i++)
        {
            var match = Match(type, ranges[i]);
            if (match > wish.Match)
                wish = (ranges[i].Quality ?? 1, match, i);
        }

        return wish;
    }

    private static int Match(string type, MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 0
        : range.MatchesAllSubTypes ? type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) ? 1 : -1
        : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) ? 2
        : -1;
}
