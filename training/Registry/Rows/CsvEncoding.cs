using System.Text;

namespace Slipway.Registry.Rows;

/// <summary>Detects the encoding of a CSV file without a byte order mark from its first bytes, and files that are not CSV at all.</summary>
internal static class CsvEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="content">Its position does not change.</param>
    /// <exception cref="SlipwayException">It is something else; the message says what.</exception>
    public static Encoding Of(Stream content, string source)
    {
        if (!content.CanSeek)
            return Utf8;

        Span<byte> head = stackalloc byte[4];
        var start = content.Position;
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        content.Position = start;
        return FormatOf(head) is { } format
            ? throw new SlipwayException($"{source} is {format}, not CSV: export it as CSV, with a header.")
            : head switch
            {
                // two ASCII letters of a header
                [not 0, 0, not 0, 0] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
                [0, not 0, 0, not 0] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
                _ => Utf8,
            };
    }

    private static string? FormatOf(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3, 4] => "a zip file, such as an Excel workbook,",
        [0xD0, 0xCF, 0x11, 0xE0] => "an old Excel workbook",
        [0x1F, 0x8B, ..] => "compressed with gzip",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1'] => "a Parquet file",
        [(byte)'{', (byte)'"' or (byte)'\n' or (byte)'\r' or (byte)' ', ..] or [(byte)'[', (byte)'{' or (byte)'\n' or (byte)'\r' or (byte)' ', ..] => "JSON",
        _ => null,
    };
}
