namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>A 64-bit hash of a text, the same on every machine and in every run (FNV-1a, then mixed so that its upper bits are as good as its lower ones).</summary>
internal static class TextHash
{
    public const ulong Start = 14695981039346656037;

    public static ulong Of(ReadOnlySpan<char> text) => Finish(Add(Start, text));

    public static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211;
        return (hash ^ '\u001f') * 1099511628211;
    }

    public static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
