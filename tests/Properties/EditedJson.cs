using System.Text.Json;
using CsCheck;

namespace Slipway.Tests.Properties;

/// <summary>Valid JSON in which values have been replaced, repeated, removed, exchanged or nested, and sometimes bytes edited.</summary>
internal static class EditedJson
{
    // one in four odd values is the first, null
    private static readonly Gen<JsonEdit> Edits = Gen.Select(
        Gen.Int[0, (int)JsonChange.Lengthen], Gen.UInt, Gen.UInt, Gen.Frequency((1, Gen.Const(0)), (3, Gen.Int[0, OddText.Values.Length - 1])), (change, at, other, value) => new JsonEdit((JsonChange)change, at, other, value));

    /// <param name="valid">One of these, with up to four edits.</param>
    public static Gen<byte[]> Of(params byte[][] valid)
    {
        var edited = Gen.Select(Gen.OneOf(valid), Edits.Array[0, 4], (bytes, edits) => edits.Aggregate(bytes, (json, edit) => edit.Apply(json)));
        return Gen.Frequency((4, edited), (1, Edited.Of(valid)));
    }
}

internal enum JsonChange
{
    Replace,
    Duplicate,
    Remove,
    Exchange,
    Nest,
    Rename,
    Lengthen,
}

/// <param name="At">Which value, counted around the end.</param>
/// <param name="Other">The value that it is exchanged with.</param>
internal sealed record JsonEdit(JsonChange Change, uint At, uint Other, int Value)
{
    /// <returns>The same bytes if an earlier edit has left no JSON.</returns>
    public byte[] Apply(byte[] json)
    {
        var spots = JsonSpots.Of(json);
        if (spots.Count == 0)
            return json;
        var (spot, other, odd) = (spots[(int)(At % (uint)spots.Count)], spots[(int)(Other % (uint)spots.Count)], OddText.Values[Value]);
        return Change switch
        {
            JsonChange.Duplicate => [.. json[..spot.Start], .. json[spot.Start..spot.End], (byte)',', .. json[spot.Start..]],
            JsonChange.Remove => Without(json, spot),
            JsonChange.Exchange => [.. json[..spot.ValueStart], .. json[other.ValueStart..other.End], .. json[spot.End..]],
            JsonChange.Nest => [.. json[..spot.ValueStart], (byte)'[', .. json[spot.ValueStart..spot.End], (byte)']', .. json[spot.End..]],
            JsonChange.Rename when spot.ValueStart > spot.Start => [.. json[..spot.Start], .. odd, (byte)':', .. json[spot.ValueStart..]],
            JsonChange.Lengthen => [.. json[..spot.Start], .. Enumerable.Repeat<byte[]>([.. json[spot.Start..spot.End], (byte)','], 1 + (Value * 4)).SelectMany(one => one).Take(4000), .. json[spot.Start..]],
            _ => [.. json[..spot.ValueStart], .. odd, .. json[spot.End..]],
        };
    }

    private static byte[] Without(byte[] json, JsonSpot spot)
    {
        var end = spot.End;
        while (end < json.Length && json[end] is (byte)' ' or (byte)'\n' or (byte)'\r')
            end++;
        return [.. json[..spot.Start], .. json[(end < json.Length && json[end] == ',' ? end + 1 : spot.End)..]];
    }
}

/// <summary>A value in JSON text, with its name if it has one.</summary>
/// <param name="Start">Of the name, or of the value.</param>
internal readonly record struct JsonSpot(int Start, int ValueStart, int End);

internal static class JsonSpots
{
    public static IReadOnlyList<JsonSpot> Of(byte[] json)
    {
        var spots = new List<JsonSpot>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256, AllowMultipleValues = true });
            var name = -1;
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = start;
                    continue;
                }

                if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                {
                    var rest = reader;
                    rest.Skip();
                    spots.Add(new(name < 0 ? start : name, start, (int)rest.BytesConsumed));
                }

                name = -1;
            }
        }
        catch (JsonException)
        {
            // the values before it
        }

        return spots;
    }
}
