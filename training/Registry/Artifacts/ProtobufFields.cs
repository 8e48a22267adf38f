using System.Buffers.Binary;

namespace Slipway.Registry.Artifacts;

/// <summary>The fields of a protobuf message in memory, one after the other (https://protobuf.dev/programming-guides/encoding), with every length checked.</summary>
public ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private readonly int _length = message.Length;
    private ReadOnlySpan<byte> _left = message;
    private WireType _type;

    public int Field { get; private set; }

    /// <summary>Where the field ends in the message.</summary>
    public readonly int End => _length - _left.Length;

    /// <summary>The value of a number; 0 for anything else.</summary>
    public ulong Number { get; private set; }

    /// <summary>The bytes of a text or a message; empty for numbers.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    public readonly long SignedNumber => (long)Number;

    public readonly float FloatValue => BitConverter.UInt32BitsToSingle((uint)Number);

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="InvalidArtifactException">The message is damaged.</exception>
    public bool Next()
    {
        if (_left.IsEmpty)
            return false;
        var tag = ReadVarint();
        Field = tag >> 3 is > 0 and <= 0x1FFFFFFF ? (int)(tag >> 3) : throw ProtobufReader.Damaged("a field number is out of range");
        _type = (WireType)(tag & 7);
        Number = 0;
        Content = default;
        switch (_type)
        {
            case WireType.Varint:
                Number = ReadVarint();
                break;
            case WireType.Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case WireType.Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case WireType.LengthDelimited:
                Content = Take(ReadVarint());
                break;
            default:
                throw ProtobufReader.Damaged($"a field has wire type {(int)_type}");
        }

        return true;
    }

    /// <summary>Adds a repeated number, which may be packed.</summary>
    public readonly void AddTo(List<long> numbers)
    {
        if (_type != WireType.LengthDelimited)
        {
            numbers.Add(SignedNumber);
            return;
        }

        for (var packed = new ProtobufFields(Content); !packed._left.IsEmpty;)
            numbers.Add((long)packed.ReadVarint());
    }

    /// <summary>Adds a repeated float, which may be packed.</summary>
    public readonly void AddTo(List<float> numbers)
    {
        if (_type != WireType.LengthDelimited)
            numbers.Add(FloatValue);
        else
            for (var packed = new ProtobufFields(Content); !packed._left.IsEmpty;)
                numbers.Add(BinaryPrimitives.ReadSingleLittleEndian(packed.Take(sizeof(float))));
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw ProtobufReader.Damaged("a number has more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
            throw ProtobufReader.Damaged("a field is longer than what is left");
        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }
}
