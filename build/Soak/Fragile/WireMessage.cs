using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Slipway.Soak.Fragile;

/// <summary>Reads and writes protobuf messages field by field, which is enough to add a few nodes to an ONNX file.</summary>
public sealed class WireMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _written = new();

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    /// <summary>Each field of a message: its number, the content of a field with a length, and the whole field as it is there.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Whole)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var start = at;
            var tag = Read(message, ref at);
            var content = ReadOnlyMemory<byte>.Empty;
            switch ((int)tag & 7)
            {
                case Varint:
                    Read(message, ref at);
                    break;
                case Fixed64:
                    at += 8;
                    break;
                case Bytes:
                    var length = (int)Read(message, ref at);
                    content = message.Slice(at, length);
                    at += length;
                    break;
                case Fixed32:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"A field has the wire type {tag & 7}.");
            }

            yield return ((int)(tag >> 3), content, message[start..at]);
        }
    }

    public WireMessage As(ReadOnlyMemory<byte> whole)
    {
        _written.Write(whole.Span);
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

    private static ulong Read(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _written.Write([(byte)(value | 0x80)]);
        _written.Write([(byte)value]);
    }
}
