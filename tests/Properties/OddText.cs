using System.Text;

namespace Slipway.Tests.Properties;

/// <summary>Bytes and JSON values that parsers get wrong.</summary>
internal static class OddText
{
    private static readonly string Digits = string.Concat(Enumerable.Repeat("1234567890", 40));

    /// <summary>JSON values, and words that other programs write in their place.</summary>
    public static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1e400", "-1e400", "1e-400", Digits, $"-{Digits}", $"0.{Digits}", "2147483648", "-2147483649",
            "9223372036854775808", "18446744073709551616", "NaN", "Infinity", "-Infinity", "+1", ".5", "01", "1e", "0x10",
            "\"\"", "\" \"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\n\"", "\"日本\"", "\"\\u65e5\"", "\"NaN\"", "\"Infinity\"", "\"1e99\"", "\"true\"", "\"../x\"",
            "\"9999-12-31T23:59:59+14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"10675199.02:48:05.4775808\"",
            "{}", "[]", "[null]", "[[]]", "[{}]", "{\"\":null}", "{\"a\":null}", "{\"__proto__\":{}}", "'x'", "/**/1",
        }.Select(Encoding.UTF8.GetBytes),
        [(byte)'"', 0xFF, (byte)'"'], [(byte)'"', 0xC3, 0x28, (byte)'"'], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], [(byte)'"', 0xF4, 0x90, 0x80, 0x80, (byte)'"'],
        Text($"\"{new string('x', 3000)}\""), Text($"[{new string('[', 70)}{new string(']', 70)}]"), Text(string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70)),
    ];

    /// <summary>Pieces that are inserted anywhere.</summary>
    public static readonly byte[][] Pieces =
    [
        .. new[] { "\"", "'", "\\", ",", ";", "\t", ":", "{", "}", "[", "]", "\r\n", "\n", "\r", "\0", " ", "#", "=", "--", "..", "/", "%00", "${{", "&", "*", "<", "日", "\uFEFF", "🙂", "e9", "-", "+", "." }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x80], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        Text(Digits), Text(new string('[', 100)), Text(new string('{', 100)), Text(new string(' ', 300)), Text(new string('"', 33)),
    ];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
