using System.Numerics;

namespace Slipway.Registry.Rows;

/// <summary>
/// Reads a number of at most seven digits, as nearly all values are written, several times as fast as the general way. The results have the same bits: the digits and
/// the power of ten below them are exact in both types, so that only the division rounds. Anything else is left to the general way.
/// </summary>
public static class ShortDecimal
{
    // any seven digits are below 2^24
    private const int MaxDigits = 7;

    private static ReadOnlySpan<float> Powers => [1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f];

    /// <inheritdoc cref="TryParse{T}(ReadOnlySpan{T}, out float, out double)"/>
    public static bool TryParse<T>(ReadOnlySpan<T> text, out float value) where T : unmanaged, IBinaryInteger<T> => TryParse(text, out value, out _);

    /// <param name="text">ASCII or UTF-16.</param>
    /// <returns>False if it has more digits, or anything but digits, a minus before them and a point: it may still be a number.</returns>
    public static bool TryParse<T>(ReadOnlySpan<T> text, out float value, out double precise) where T : unmanaged, IBinaryInteger<T>
    {
        (value, precise) = (0, 0);
        var isNegative = text.Length > 0 && uint.CreateTruncating(text[0]) == '-';
        if (isNegative)
            text = text[1..];
        if (text.Length > MaxDigits + 1)
            return false;

        var (number, digits, point) = (0u, 0, -1);
        for (var i = 0; i < text.Length; i++)
        {
            var character = uint.CreateTruncating(text[i]);
            if (character is >= '0' and <= '9')
                (number, digits) = (number * 10 + (character - '0'), digits + 1);
            else if (character == '.' && point < 0)
                point = i;
            else
                return false;
        }

        if (digits is 0 or > MaxDigits)
            return false;
        var power = point < 0 ? 1 : Powers[digits - point];
        (value, precise) = (number / power, number / (double)power);
        if (isNegative)
            (value, precise) = (-value, -precise);
        return true;
    }
}
