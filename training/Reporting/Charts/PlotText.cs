
namespace Slipway.Reporting.Charts;

/// <summary>Text in a plot. A browser measures and renders it; here, its width is only estimated, for the margins.</summary>
public static class PlotText
{
    private const double WidthOfCharacter = 6.6; // of most letters at 12 pixels; wider ones are rare enough

    public static double Width(string text) => text.Length * WidthOfCharacter;

    /// <summary>Truncates to <paramref name="most"/> characters.</summary>
    public static string Shortened(string text, int most)
    {
        var clean = MarkupText.Clean(text);
        if (clean.Length <= most)
            return clean;
        var end = char.IsHighSurrogate(clean[most - 2]) ? most - 2 : most - 1;
        return string.Concat(clean.AsSpan(0, end), "…");
    }
}
