using System.Text;

namespace Slipway.Registry.Artifacts;

/// <summary>A field of a protobuf message in its encoded bytes, so that most can be copied without decoding them.</summary>
/// <param name="Bytes">Including tag and length.</param>
/// <param name="Content">For a string or message; empty for numbers.</param>
public sealed record ProtobufField(int Number, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Content)
{
    /// <exception cref="InvalidArtifactException">The message is damaged.</exception>
    public static IReadOnlyList<ProtobufField> AllOf(ReadOnlyMemory<byte> message)
    {
        var all = new List<ProtobufField>();
        var start = 0;
        for (var fields = new ProtobufFields(message.Span); fields.Next(); start = fields.End)
            all.Add(new(fields.Field, message[start..fields.End], message[(fields.End - fields.Content.Length)..fields.End]));
        return all;
    }

    /// <summary>A string in this message; empty if there is none.</summary>
    public string Text(int number) =>
        AllOf(Content).LastOrDefault(field => field.Number == number) is { } text ? Encoding.UTF8.GetString(text.Content.Span) : "";
}
