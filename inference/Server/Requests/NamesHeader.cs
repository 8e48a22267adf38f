using System.Globalization;
using System.Text;

namespace Slipway.Inference.Requests;

/// <summary>Column names in response headers: limited one by one and in total, because proxies and clients reject responses with long headers.</summary>
public static class NamesHeader
{
    /// <summary>The maximum length of one header.</summary>
    public const int MaxHeaderLength = 1024;

    /// <summary>Percent-encodes what a header value cannot contain, and the comma that separates names.</summary>
    public static string Encode(ReadOnlySpan<char> name)
    {
        var shown = ShownText.Of(name);
        var keepsBlanks = shown.AsSpan().Trim().Length == shown.Length;
        var text = new StringBuilder(shown.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in shown.EnumerateRunes())
            if (rune.Value is > ' ' and < 127 and not (',' or '%') || (rune.Value == ' ' && keepsBlanks))
                text.Append((char)rune.Value);
            else
                foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                    text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        return text.ToString();
    }

    /// <param name="encoded">From <see cref="Encode"/>.</param>
    /// <param name="unnamed">The number of further names.</param>
    public static string Join(IReadOnlyList<string> encoded, int unnamed = 0) => ShownText.Join(encoded, unnamed, MaxHeaderLength);
}
