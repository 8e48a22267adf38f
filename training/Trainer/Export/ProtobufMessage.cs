using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Slipway.Registry.Artifacts;

namespace Slipway.Trainer.Export;

/// <summary>
/// A protobuf message that is being written (https://protobuf.dev/programming-guides/encoding/): fields are written as they are added. A tree ensemble has
/// hundreds of thousands of them, so they are not objects.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Both streams hold nothing but memory.")]
internal sealed class ProtobufMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _fields;

    public ProtobufMessage() => _fields = new(_bytes, leaveOpen: true);

    public ProtobufMessage Add(int field, long value)
    {
        Tag(field, WireFormat.WireType.Varint).WriteInt64(value);
        return this;
    }

    public ProtobufMessage Add(int field, float value)
    {
        Tag(field, WireFormat.WireType.Fixed32).WriteFloat(value);
        return this;
    }

    public ProtobufMessage Add(int field, string value)
    {
        Tag(field, WireFormat.WireType.LengthDelimited).WriteString(value);
        return this;
    }

    public ProtobufMessage Add(int field, ProtobufMessage value)
    {
        Tag(field, WireFormat.WireType.LengthDelimited).WriteBytes(UnsafeByteOperations.UnsafeWrap(value.Written()));
        return this;
    }

    public ProtobufMessage AddEach<T>(int field, IReadOnlyList<T> items, Func<T, ProtobufMessage> message)
    {
        foreach (var item in items)
            Add(field, message(item));
        return this;
    }

    /// <summary>A field of another message, unchanged.</summary>
    public ProtobufMessage Add(ProtobufField field)
    {
        _fields.Flush();
        _bytes.Write(field.Bytes.Span);
        return this;
    }

    public byte[] ToArray() => Written().ToArray();

    private CodedOutputStream Tag(int field, WireFormat.WireType type)
    {
        _fields.WriteTag(field, type);
        return _fields;
    }

    private ReadOnlyMemory<byte> Written()
    {
        _fields.Flush();
        return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
    }
}
