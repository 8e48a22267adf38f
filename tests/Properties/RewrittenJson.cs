using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Slipway.Tests.Properties;

/// <summary>JSON that means the same and is written differently: members in another order, white space, escapes.</summary>
internal static class RewrittenJson
{
    public static Gen<byte[]> Of(params byte[][] valid) => Gen.Select(Gen.OneOf(valid), Gen.Int[0, int.MaxValue - 1], Of);

    public static byte[] Of(byte[] json, int seed)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(document.RootElement, text, new Random(seed));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(JsonElement json, StringBuilder text, Random random)
    {
        Blank(text, random);
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                JsonProperty[] members = [.. json.EnumerateObject()];
                random.Shuffle(members);
                WriteList(members, '{', '}', text, random, member =>
                {
                    Blank(text, random);
                    WriteText(member.Name, text, random);
                    Blank(text, random);
                    text.Append(':');
                    Write(member.Value, text, random);
                });
                break;
            case JsonValueKind.Array:
                WriteList([.. json.EnumerateArray()], '[', ']', text, random, item => Write(item, text, random));
                break;
            case JsonValueKind.String:
                WriteText(json.GetString()!, text, random);
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }

        Blank(text, random);
    }

    private static void WriteList<T>(IReadOnlyList<T> items, char open, char close, StringBuilder text, Random random, Action<T> write)
    {
        text.Append(open);
        Blank(text, random);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i > 0 ? "," : "");
            write(items[i]);
        }

        text.Append(close);
    }

    private static void WriteText(string value, StringBuilder text, Random random)
    {
        text.Append('"');
        foreach (var character in value)
            if (character is '"' or '\\' or < ' ' || random.Next(8) == 0)
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else if (char.IsSurrogate(character))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            else
                text.Append(character);
        text.Append('"');
    }

    private static void Blank(StringBuilder text, Random random)
    {
        if (random.Next(3) == 0)
            text.Append(" \t\r\n"[random.Next(4)], random.Next(1, 3));
    }
}
