using System.Text;
using System.Xml;

namespace Slipway.Reporting;

/// <summary>Text for XML and HTML. Column names and categories come from somebody's file, and may contain anything.</summary>
public static class MarkupText
{
    /// <summary>Replaces what XML cannot contain, such as control characters and unpaired surrogates. The writer encodes everything else.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // an unpaired surrogate becomes U+FFFD
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }
}
