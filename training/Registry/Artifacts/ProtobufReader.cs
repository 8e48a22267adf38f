namespace Slipway.Registry.Artifacts;

/// <summary>
/// Protobuf messages in a file (https://protobuf.dev/programming-guides/encoding), with every length checked against what is left. This is apart from
/// <see cref="ProtobufFields"/>, which need the message in memory: it seeks past weights, of which a file has gigabytes.
/// </summary>
internal sealed class ProtobufReader(Stream file)
{
    public long Position => file.Position;

    public (int Field, WireType Type) ReadTag(long end)
    {
        var tag = ReadVarint(end);
        return tag >> 3 is > 0 and <= 0x1FFFFFFF ? ((int)(tag >> 3), (WireType)(tag & 7)) : throw Damaged("a field number is out of range");
    }

    public ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = file.Position < end ? file.ReadByte() : -1;
            if (next < 0)
                throw Damaged("it is truncated inside a number");
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged("a number has more than ten bytes");
    }

    /// <summary>Reads the length of a message, and returns where it ends.</summary>
    public long ReadLength(long end)
    {
        var length = ReadVarint(end);
        return length <= (ulong)(end - file.Position) ? file.Position + (long)length : throw Damaged("a field is longer than what is left");
    }

    public void Skip(WireType type, long end)
    {
        var next = type switch
        {
            WireType.Varint => Varint(end),
            WireType.Fixed64 => file.Position + 8,
            WireType.LengthDelimited => ReadLength(end),
            WireType.Fixed32 => file.Position + 4,
            _ => throw Damaged($"a field has wire type {(int)type}"), // groups have not been written since 2008
        };
        if (next > end)
            throw Damaged("it is truncated inside a field");
        file.Position = next;
    }

    private long Varint(long end)
    {
        ReadVarint(end);
        return file.Position;
    }

    internal static InvalidArtifactException Damaged(string how) => new($"The ONNX model is damaged: {how}.");
}

internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
