using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace Slipway.Trainer;

/// <summary>One protobuf message in the making: the fields, in the order in which they will be written.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtobufMessage Add(int field, long value) =>
        Add(field, WireType.Varint, output => output.WriteInt64(value));

    public ProtobufMessage Add(int field, float value) =>
        Add(field, WireType.Fixed32, output => output.WriteFloat(value));

    public ProtobufMessage Add(int field, string value) =>
        Add(field, WireType.LengthDelimited, output => output.WriteString(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) =>
        Add(field, WireType.LengthDelimited, output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value.ToArray())));

    public ProtobufMessage AddEach<T>(int field, IReadOnlyList<T> items, Func<T, ProtobufMessage> message)
    {
        foreach (var item in items)
            Add(field, message(item));
        return this;
    }

    /// <summary>A field of another message, as it is.</summary>
    public ProtobufMessage Add(ProtobufField field)
    {
        if (!field.Content.IsEmpty)
            return Add(field.Number, WireType.LengthDelimited, output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(field.Content)));

        _fields.Add(output =>
        {
            foreach (var part in field.Bytes.Span)
                output.WriteRawTag(part);
        });
        return this;
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            foreach (var field in _fields)
                field(output);
        return bytes.ToArray();
    }

    private ProtobufMessage Add(int field, WireType type, Action<CodedOutputStream> write)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }
}
