using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slipway.Reporting;

[InterpolatedStringHandler]
public readonly struct RichTextBuilder
{
    private readonly List<TextRun> _runs;

    public RichTextBuilder(int literalLength, int holes) => _runs = new(literalLength == 0 ? holes : (2 * holes) + 1);

    public void AppendLiteral(string text) => _runs.Add(new(text));

    public void AppendFormatted(string? text) => _runs.Add(new(text ?? ""));

    public void AppendFormatted(TextRun run) => _runs.Add(run);

    public void AppendFormatted(RichText text) => _runs.AddRange(text.Runs);

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => _runs.Add(new(value.ToString(format, CultureInfo.InvariantCulture)));

    public void AppendFormatted<T>(T? value, string? format = null)
        where T : struct, IFormattable => AppendFormatted(value?.ToString(format, CultureInfo.InvariantCulture));

    internal RichText Build() => new(_runs);
}
