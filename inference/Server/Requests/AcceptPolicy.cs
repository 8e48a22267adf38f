using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Slipway.Inference.Requests;

/// <summary>Which of the available media types a caller prefers (RFC 9110, 12.5.1). Pure.</summary>
public static class AcceptPolicy
{
    /// <param name="accept">The header; parts that cannot be parsed are ignored.</param>
    /// <param name="offered">In order of preference for callers without one.</param>
    /// <returns>Null if the caller accepts none of them.</returns>
    public static string? Choose(StringValues accept, IReadOnlyList<string> offered)
    {
        // the header that almost everybody sends needs no parsing
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

    // the most specific range decides the weight: q=0 means never
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
