using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Slipway.Registry;

namespace Slipway.Automation.Reports;

/// <summary>A piece of HTML. Made from an interpolated string, in which every hole is encoded unless it is HTML already.</summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlBuilder markup) => new(markup.ToMarkup());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

[InterpolatedStringHandler]
internal readonly struct HtmlBuilder
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _markup;

    public HtmlBuilder(int literalLength, int holes) => _markup = new(literalLength + (holes * 16));

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(Html markup) => _markup.Append(markup.Markup);

    public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(MarkupText.Clean(text ?? "")));

    public void AppendFormatted(long number) => _markup.Append(number.ToString("#,0", CultureInfo.InvariantCulture));

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts)
            _markup.Append(part.Markup);
    }

    public string ToMarkup() => _markup.ToString();
}
