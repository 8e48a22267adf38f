using System.Text;
using System.Xml;

namespace Slipway.Trainer;

/// <summary>Words in a plot. A browser measures and draws them; here their width is only guessed, for the margins.</summary>
internal static class PlotText
{
    private const double WidthOfCharacter = 6.6; // of most letters at 12 pixels; wider ones are rare enough

    public static double Width(string text) => text.Length * WidthOfCharacter;

    /// <summary>Cuts what is longer than <paramref name="most"/> characters.</summary>
    public static string Short(string text, int most)
    {
        var clean = Clean(text);
        if (clean.Length <= most)
            return clean;
        var end = char.IsHighSurrogate(clean[most - 2]) ? most - 2 : most - 1;
        return string.Concat(clean.AsSpan(0, end), "…");
    }

    /// <summary>Without what XML can not hold: column names and categories come out of somebody's file.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone half of a surrogate pair comes as U+FFFD
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
