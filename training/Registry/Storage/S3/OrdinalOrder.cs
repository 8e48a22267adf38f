using System.Runtime.CompilerServices;

namespace Slipway.Registry.Storage.S3;

/// <summary>
/// Converts a listing from the order of S3, that of UTF-8 bytes, to ordinal order, that of UTF-16 units. The two differ only where surrogates
/// (beyond U+FFFF) meet U+E000 to U+FFFF. Keys that first differ at such a place are adjacent in both orders, so only those are buffered and sorted.
/// </summary>
internal static class OrdinalOrder
{
    private const char FirstSurrogate = '\uD800';

    /// <param name="keyOf">The sort key.</param>
    public static async IAsyncEnumerable<T> OfAsync<T>(
        IAsyncEnumerable<T> inUtf8Order, Func<T, string> keyOf, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<T> held = [];
        var start = "";
        await foreach (var one in inUtf8Order.WithCancellation(cancellation))
        {
            var key = keyOf(one);
            if (held.Count > 0 && !BelongsTo(start, key))
            {
                foreach (var sorted in Sorted(held, keyOf))
                    yield return sorted;
                held = [];
            }

            if (held.Count > 0)
                held.Add(one);
            else if (HighPlace(key) is >= 0 and var place)
                (held, start) = ([one], key[..place]);
            else
                yield return one;
        }

        foreach (var sorted in Sorted(held, keyOf))
            yield return sorted;
    }

    /// <summary>Whether the same keys follow a key in both orders.</summary>
    public static bool IsSharedFrom(string key) => HighPlace(key) < 0;

    private static int HighPlace(string key) => key.AsSpan().IndexOfAnyInRange(FirstSurrogate, char.MaxValue);

    private static bool BelongsTo(string start, string key) =>
        key.Length > start.Length && key.StartsWith(start, StringComparison.Ordinal) && key[start.Length] >= FirstSurrogate;

    private static IEnumerable<T> Sorted<T>(List<T> held, Func<T, string> keyOf) => held.OrderBy(keyOf, StringComparer.Ordinal);
}
