using System.Runtime.CompilerServices;

namespace Slipway.Registry;

/// <summary>
/// Brings a list in the order of S3, that of UTF-8 bytes, into ordinal order, that of UTF-16 units. The two differ only where surrogates
/// (beyond U+FFFF) meet U+E000 to U+FFFF. Keys that differ only from such a place on stand together in both, so only those are held and sorted.
/// </summary>
internal static class OrdinalOrder
{
    private const char FirstSurrogate = '\uD800';

    public static async IAsyncEnumerable<ObjectInfo> OfAsync(
        IAsyncEnumerable<ObjectInfo> inUtf8Order, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<ObjectInfo> held = [];
        var start = "";
        await foreach (var info in inUtf8Order.WithCancellation(cancellation))
        {
            if (held.Count > 0 && !BelongsTo(start, info.Key))
            {
                foreach (var sorted in Sorted(held))
                    yield return sorted;
                held = [];
            }

            if (held.Count > 0)
                held.Add(info);
            else if (HighPlace(info.Key) is >= 0 and var place)
                (held, start) = ([info], info.Key[..place]);
            else
                yield return info;
        }

        foreach (var sorted in Sorted(held))
            yield return sorted;
    }

    private static int HighPlace(string key) => key.AsSpan().IndexOfAnyInRange(FirstSurrogate, char.MaxValue);

    private static bool BelongsTo(string start, string key) =>
        key.Length > start.Length && key.StartsWith(start, StringComparison.Ordinal) && key[start.Length] >= FirstSurrogate;

    private static IEnumerable<ObjectInfo> Sorted(List<ObjectInfo> held) => held.OrderBy(info => info.Key, StringComparer.Ordinal);
}
