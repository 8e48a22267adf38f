using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Slipway.Registry.Artifacts;

namespace Slipway.Soak.Fragile;

/// <summary>Writes a protobuf message field by field, which is enough to add a few nodes to an ONNX file.</summary>
public sealed class WireMessage
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _written = new();

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    public WireMessage Add(ProtobufField field)
    {
        _written.Write(field.Bytes.Span);
        return this;
    }

    public WireMessage Text(int field, string value) => Content(field, Encoding.UTF8.GetBytes(value));

    public WireMessage Message(int field, Action<WireMessage> fields)
    {
        var message = new WireMessage();
        fields(message);
        return Content(field, message.ToArray());
    }

    public WireMessage Number(int field, long value)
    {
        Write((ulong)field << 3 | Varint);
        Write((ulong)value);
        return this;
    }

    public WireMessage Fixed(int field, float value)
    {
        Write((ulong)field << 3 | Fixed32);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _written.Write(four);
        return this;
    }

    private WireMessage Content(int field, byte[] content)
    {
        Write((ulong)field << 3 | Bytes);
        Write((ulong)content.Length);
        _written.Write(content);
        return this;
    }

    private void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _written.Write([(byte)(value | 0x80)]);
        _written.Write([(byte)value]);
    }
}
