using System.Text;
using Google.Protobuf;
using Slipway.Registry;
using Slipway.Registry.Artifacts;

namespace Slipway.Trainer.Imported;

/// <summary>The fields of one protobuf message in its encoded bytes, so that most can be copied without decoding them.</summary>
internal static class ProtobufFields
{
    public static IReadOnlyList<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var input = new CodedInputStream(message.ToArray());
            var fields = new List<ProtobufField>();
            while (!input.IsAtEnd)
            {
                var start = (int)input.Position;
                var tag = input.ReadTag();
                var length = 0;
                if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                    length = input.ReadBytes().Length;
                else
                    input.SkipLastField();
                var end = (int)input.Position;
                fields.Add(new(WireFormat.GetTagFieldNumber(tag), message[start..end], message[(end - length)..end]));
            }

            return fields;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SlipwayException($"{ArtifactFiles.Onnx} is damaged: {e.Message}", e);
        }
    }
}

/// <param name="Bytes">Including tag and length.</param>
/// <param name="Content">For a string or message; empty for numbers.</param>
internal sealed record ProtobufField(int Number, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Content)
{
    /// <summary>A string in this message; empty if there is none.</summary>
    public string Text(int number) =>
        ProtobufFields.Read(Content).LastOrDefault(field => field.Number == number) is { } text ? Encoding.UTF8.GetString(text.Content.Span) : "";
}
