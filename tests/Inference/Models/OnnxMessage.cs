using System.Buffers.Binary;
using System.Text;

namespace Slipway.Inference.Tests.Models;

/// <summary>Writes protobuf messages field by field, which is enough for a few tiny ONNX models.</summary>
internal sealed class OnnxMessage
{
    private readonly MemoryStream _bytes = new();

    public static byte[] Write(Action<OnnxMessage> fields)
    {
        var message = new OnnxMessage();
        fields(message);
        return message._bytes.ToArray();
    }

    public OnnxMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public OnnxMessage Message(int field, Action<OnnxMessage> fields) => Bytes(field, Write(fields));

    public OnnxMessage Bytes(int field, byte[] value)
    {
        Varint((ulong)field << 3 | 2);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public OnnxMessage Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public OnnxMessage Single(int field, float value)
    {
        Varint((ulong)field << 3 | 5);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _bytes.Write(four);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
