using System.Text;

namespace Slipway.Registry.Tests.Artifacts;

/// <summary>ONNX models written byte by byte, so that a test controls every position.</summary>
public static class OnnxBytes
{
    /// <summary>A field that is a message, bytes or text.</summary>
    public static byte[] Field(int number, params byte[][] content)
    {
        byte[] body = [.. content.SelectMany(part => part)];
        return [.. Varint((ulong)number << 3 | 2), .. Varint((ulong)body.Length), .. body];
    }

    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    public static byte[] Field(int number, ulong value) => [.. Varint((ulong)number << 3), .. Varint(value)];

    public static byte[] Model(params byte[][] graph) => [.. Field(1, 8UL), .. Field(2, "slipway"), .. Field(7, graph)];

    /// <summary>The fields of a tensor of one float.</summary>
    public static byte[] InlineTensor() => [.. Field(1, 1UL), .. Field(2, 1UL), .. Field(8, "w"), .. Field(9, [0, 0, 128, 63])];

    /// <summary>The fields of a tensor whose weights are in another file.</summary>
    public static byte[] ExternalTensor(string location = "weights.bin") =>
        [.. Field(1, 1UL), .. Field(2, 1UL), .. Field(8, "w"), .. Field(13, Field(1, "location"), Field(2, location)), .. Field(14, 1UL)];

    public static byte[] GoodModel() => Model(Node(Field(5, InlineTensor())), Field(5, InlineTensor()), Field(2, "graph"));

    /// <summary>A node with one attribute that has these fields.</summary>
    public static byte[] Node(params byte[][] attribute) => Field(1, Field(4, "Constant"), Field(5, [Field(1, "value"), .. attribute]));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
