namespace Slipway.Registry.Rows;

/// <summary>
/// The canonical form of a category's value, however it is written: a number by its value (2 = 2.0 = 2e0), true and false in any case, everything else as it is.
/// An integer part with a leading zero is a code (007), which is text, and so are numbers with a plus sign or more than <see cref="MaxNumberLength"/> characters.
/// Numbers stay decimal, so that no digit of a long one is lost.
/// </summary>
public static class CategoryValue
{
    public const string True = "true", False = "false";

    /// <summary>Maximum length of a number.</summary>
    public const int MaxNumberLength = 64;

    /// <summary>Large enough for any canonical form.</summary>
    public const int Room = 128;

    // beyond this, a number is written with an exponent
    private const int MaxWholeDigits = 40, MaxLeadingZeros = 10, MaxExponentLength = 4;

    /// <param name="text">Trimmed.</param>
    /// <param name="room">At least <see cref="Room"/> characters.</param>
    /// <returns>The canonical form, in <paramref name="room"/> or <paramref name="text"/> itself.</returns>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text, Span<char> room)
    {
        if (text.Length is 4 or 5)
        {
            if (text.Equals(True, StringComparison.OrdinalIgnoreCase))
                return True;
            if (text.Equals(False, StringComparison.OrdinalIgnoreCase))
                return False;
        }

        return text.Length is > 0 and <= MaxNumberLength && TryNumber(text, room, out var length) ? room[..length] : text;
    }

    public static string Of(string text) => Of(text, stackalloc char[Room]).ToString();

    public static bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        Of(one, stackalloc char[Room]).SequenceEqual(Of(other, stackalloc char[Room]));

    private static bool TryNumber(ReadOnlySpan<char> text, Span<char> room, out int length)
    {
        length = 0;
        var rest = text[0] == '-' ? text[1..] : text;
        var whole = TakeDigits(ref rest);
        ReadOnlySpan<char> fraction = [];
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
            if (fraction.IsEmpty)
                return false;
        }

        if (whole.Length + fraction.Length == 0 || whole is ['0', _, ..] || !TryExponent(rest, out var exponent))
            return false;

        Span<char> digits = stackalloc char[MaxNumberLength];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        length = Write(digits[..(whole.Length + fraction.Length)], whole.Length + exponent, text[0] == '-', room);
        return true;
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
    {
        var count = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
        var digits = rest[..count];
        rest = rest[count..];
        return digits;
    }

    private static bool TryExponent(ReadOnlySpan<char> rest, out int exponent)
    {
        exponent = 0;
        if (rest.IsEmpty)
            return true;
        if (rest is not ['e' or 'E', ..])
            return false;
        var negative = rest is [_, '-', ..];
        rest = rest is [_, '-' or '+', ..] ? rest[2..] : rest[1..];
        var digits = TakeDigits(ref rest);
        if (digits.Length is 0 or > MaxExponentLength || !rest.IsEmpty)
            return false;
        foreach (var digit in digits)
            exponent = exponent * 10 + (digit - '0');
        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <param name="point">The number of digits before the decimal point; it may be outside the digits.</param>
    private static int Write(ReadOnlySpan<char> digits, int point, bool negative, Span<char> room)
    {
        var significant = digits.TrimStart('0');
        point -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        var text = new Writer(room);
        if (significant.IsEmpty)
            return text.Add("0");

        if (negative)
            text.Add("-");
        if (point is > 0 and <= MaxWholeDigits)
        {
            text.Add(significant[..Math.Min(point, significant.Length)]);
            text.AddZeros(point - significant.Length);
            return point < significant.Length ? text.Add(".", significant[point..]) : text.Length;
        }

        if (point is <= 0 and >= -MaxLeadingZeros)
        {
            text.Add("0.");
            text.AddZeros(-point);
            return text.Add(significant);
        }

        text.Add(significant[..1]);
        if (significant.Length > 1)
            text.Add(".", significant[1..]);
        return text.AddExponent(point - 1);
    }

    private ref struct Writer(Span<char> room)
    {
        private readonly Span<char> _room = room;

        public int Length { get; private set; }

        public int Add(ReadOnlySpan<char> text)
        {
            text.CopyTo(_room[Length..]);
            return Length += text.Length;
        }

        public int Add(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
        {
            Add(first);
            return Add(second);
        }

        public void AddZeros(int count)
        {
            if (count <= 0)
                return;
            _room.Slice(Length, count).Fill('0');
            Length += count;
        }

        public int AddExponent(int exponent)
        {
            Add("e");
            exponent.TryFormat(_room[Length..], out var length, default, System.Globalization.CultureInfo.InvariantCulture);
            return Length += length;
        }
    }
}
