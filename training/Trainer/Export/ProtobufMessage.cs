using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Slipway.Trainer.Imported;

namespace Slipway.Trainer.Export;

/// <summary>
/// A protobuf message that is being written (https://protobuf.dev/programming-guides/encoding/): fields are written as they are added. A tree ensemble has
/// hundreds of thousands of them, so they are not objects.
/// </summary>
internal sealed class ProtobufMessage
{
    private enum WireType
    {
        Varint = 0,
        LengthDelimited = 2,
        Fixed32 = 5,
    }

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtobufMessage Add(int field, long value)
    {
        Tag(field, WireType.Varint);
        return Varint((ulong)value);
    }

    public ProtobufMessage Add(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value._bytes.WrittenSpan);

    public ProtobufMessage AddEach<T>(int field, IReadOnlyList<T> items, Func<T, ProtobufMessage> message)
    {
        foreach (var item in items)
            Add(field, message(item));
        return this;
    }

    /// <summary>A field of another message, unchanged.</summary>
    public ProtobufMessage Add(ProtobufField field)
    {
        _bytes.Write(field.Bytes.Span);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.LengthDelimited).Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private ProtobufMessage Tag(int field, WireType type) => Varint((ulong)field << 3 | (uint)type);

    /// <summary>Seven bits per byte, the lowest first; the eighth says that more follow.</summary>
    private ProtobufMessage Varint(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _bytes.Advance(length);
        return this;
    }
}
