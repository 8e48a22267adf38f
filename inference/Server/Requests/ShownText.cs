using System.Text;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>Text from a caller or a schema, as responses show it: truncated, however long it is.</summary>
public static class ShownText
{
    /// <summary>Characters of one name or value.</summary>
    public const int MaxLength = 64;

    // a screenful of names is as informative as thousands
    private const int MaxListLength = 1000;
    private const string CutMark = "...";

    public static string Of(ReadOnlySpan<char> text)
    {
        if (text.Length <= MaxLength)
            return text.ToString();
        var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Concat(text[..end], CutMark);
    }

    /// <summary>The string or name that the reader is positioned on.</summary>
    public static string Of(ref Utf8JsonReader json)
    {
        Span<char> room = stackalloc char[JsonText.Room];
        var length = JsonText.Read(ref json, room, out var rented);
        try
        {
            var text = (rented is null ? room : rented)[..length];
            return Of(text);
        }
        finally
        {
            JsonText.Return(rented);
        }
    }

    public static string List(IEnumerable<string> names) => Join([.. names.Select(name => Of(name))], 0, MaxListLength);

    /// <summary>Names separated by commas; those that do not fit are counted.</summary>
    /// <param name="names">Each far shorter than <paramref name="most"/>.</param>
    /// <param name="unnamed">The number of further names.</param>
    public static string Join(IReadOnlyList<string> names, int unnamed, int most)
    {
        const int roomForCount = 24;
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            var isLast = unnamed == 0 && i == names.Count - 1;
            if (i > 0 && text.Length + 2 + names[i].Length > (isLast ? most : most - roomForCount))
            {
                unnamed += names.Count - i;
                break;
            }

            text.Append(i > 0 ? ", " : "").Append(names[i]);
        }

        return unnamed == 0 ? text.ToString() : text.Append(", and ").Append(unnamed).Append(" more").ToString();
    }
}
