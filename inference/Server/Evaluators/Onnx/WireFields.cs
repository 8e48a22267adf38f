using System.Buffers.Binary;
using Slipway.Registry.Artifacts;

namespace Slipway.Inference.Evaluators.Onnx;

/// <summary>The fields of a protobuf message in memory, one after the other (https://protobuf.dev/programming-guides/encoding), with every length checked.</summary>
public ref struct WireFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _left = message;
    private int _type;

    public int Field { get; private set; }

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
        Field = tag >> 3 is > 0 and <= 0x1FFFFFFF ? (int)(tag >> 3) : throw Damaged("a field number is out of range");
        _type = (int)(tag & 7);
        Number = 0;
        Content = default;
        switch (_type)
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case LengthDelimited:
                Content = Take(ReadVarint());
                break;
            default:
                throw Damaged($"a field has wire type {_type}");
        }

        return true;
    }

    /// <summary>Adds a repeated number, which may be packed.</summary>
    public readonly void AddTo(List<long> numbers)
    {
        if (_type != LengthDelimited)
        {
            numbers.Add(SignedNumber);
            return;
        }

        for (var packed = new WireFields(Content); !packed._left.IsEmpty;)
            numbers.Add((long)packed.ReadVarint());
    }

    /// <summary>Adds a repeated float, which may be packed.</summary>
    public readonly void AddTo(List<float> numbers)
    {
        if (_type != LengthDelimited)
            numbers.Add(FloatValue);
        else
            for (var packed = new WireFields(Content); !packed._left.IsEmpty;)
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

        throw Damaged("a number has more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
            throw Damaged("a field is longer than what is left");
        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }

    private static InvalidArtifactException Damaged(string how) => new($"The ONNX model is damaged: {how}.");
}
