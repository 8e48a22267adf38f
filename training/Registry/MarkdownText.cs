using System.Text;

namespace Slipway.Registry;

/// <summary>Text as words in Markdown: nothing in it becomes a column, a tag, a link or an emphasis.</summary>
public static class MarkdownText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in MarkupText.Clean(text))
            _ = character switch
            {
                '\n' or '\r' or '\t' => escaped.Append(' '),
                '<' => escaped.Append("&lt;"), // a backslash would do on GitHub, but not everywhere
                '&' => escaped.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '|' or '[' or ']' or '~' => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        return escaped.ToString();
    }
}
