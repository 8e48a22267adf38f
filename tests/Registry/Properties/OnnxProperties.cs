using CsCheck;
using Slipway.Registry.Artifacts;
using Slipway.Tests.Properties;
using static Slipway.Registry.Tests.Artifacts.OnnxBytes;

namespace Slipway.Registry.Tests.Properties;

public sealed class OnnxProperties
{
    private static readonly byte[][] Models =
    [
        GoodModel(), Model(Field(5, ExternalTensor())), Model(Node(Field(5, [.. InlineTensor(), .. Field(14, 0UL)]))), Model(Node(Field(6, Field(5, InlineTensor())))),
        Model(Node(Field(11, Node(Field(10, ExternalTensor("../../x"))))), Field(15, Field(1, InlineTensor()), Field(2, InlineTensor()))),
        [.. GoodModel(), .. Field(20, Field(2, Field(5, InlineTensor()))), .. Field(25, Field(7, Field(5, Field(5, InlineTensor()))), Field(11, Field(5, InlineTensor())))],
    ];

    private string _path = null!;

    [SetUp]
    public void NameFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void IsAcceptedWhereTheReferenceFindsAGraphAndNoExternalData() =>
        Property.Holds(Edited.Of(Models), 2000, onnx => Assert.That(IsAccepted(onnx), Is.EqualTo(ReferenceWalk.Accepts(onnx))), Edited.Show);

    [Test]
    public void TakesTheSameMemoryHoweverLongItIs() =>
        Property.Holds(Gen.Select(Edited.Of(Models), Gen.Int[0, 400_000]), 30, one =>
        {
            var (onnx, weights) = one;
            byte[] large = [.. onnx, .. Model(Field(5, [.. InlineTensor(), .. Field(9, new byte[weights])]))];
            File.WriteAllBytes(_path, large);
            Assert.That(Allocated.By(() => IsAccepted(_path)), Is.LessThan(200_000));
        }, one => $"{Edited.Show(one.Item1)} and {one.Item2} bytes");

    private bool IsAccepted(byte[] onnx)
    {
        File.WriteAllBytes(_path, onnx);
        return IsAccepted(_path);
    }

    private static bool IsAccepted(string path)
    {
        try
        {
            OnnxFile.RejectExternalData(path);
            return true;
        }
        catch (InvalidArtifactException e)
        {
            Assert.That(e.Message, Is.Not.Empty.And.Not.Contain("   at "));
            return false;
        }
    }

    /// <summary>The same walk over bytes in memory: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</summary>
    private static class ReferenceWalk
    {
        private static readonly Dictionary<string, Dictionary<int, string>> Fields = new()
        {
            ["model"] = new() { [7] = "graph", [20] = "training", [25] = "function" },
            ["training"] = new() { [1] = "graph", [2] = "graph" },
            ["function"] = new() { [7] = "node", [11] = "attribute" },
            ["graph"] = new() { [1] = "node", [5] = "tensor", [15] = "sparse" },
            ["node"] = new() { [5] = "attribute" },
            ["attribute"] = new() { [5] = "tensor", [10] = "tensor", [6] = "graph", [11] = "graph", [22] = "sparse", [23] = "sparse" },
            ["sparse"] = new() { [1] = "tensor", [2] = "tensor" },
            ["tensor"] = [],
        };

        public static bool Accepts(byte[] onnx)
        {
            var graphs = 0;
            return Walk("model", onnx, ref graphs, 0) && graphs > 0;
        }

        private static bool Walk(string message, ReadOnlySpan<byte> bytes, ref int graphs, int depth)
        {
            graphs += message == "graph" ? 1 : 0;
            if (depth > 100)
                return false;
            while (!bytes.IsEmpty)
            {
                if (Varint(ref bytes) is not { } tag || tag >> 3 is 0 or > 0x1FFFFFFF)
                    return false;
                var (field, type) = ((int)(tag >> 3), (int)(tag & 7));
                if (Value(type, ref bytes, out var content, out var number) is false)
                    return false;
                if (message == "tensor" && (field == 13 || (field == 14 && (type != 0 || number != 0))))
                    return false;
                if (Fields[message].TryGetValue(field, out var inside) && (type != 2 || !Walk(inside, content, ref graphs, depth + 1)))
                    return false;
            }

            return true;
        }

        private static bool Value(int type, ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content, out ulong number)
        {
            content = default;
            number = 0;
            var length = 0UL;
            if (type is 0 or 2)
            {
                if (Varint(ref bytes) is not { } value)
                    return false;
                number = value;
                length = type == 0 ? 0 : value;
            }
            else if (type is 1 or 5)
                length = type == 1 ? 8UL : 4UL;
            else
                return false;
            if (length > (ulong)bytes.Length)
                return false;
            content = bytes[..(int)length];
            bytes = bytes[(int)length..];
            return true;
        }

        private static ulong? Varint(ref ReadOnlySpan<byte> bytes)
        {
            var value = 0UL;
            for (var i = 0; i < 10 && i < bytes.Length; i++)
            {
                value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
                if (bytes[i] < 0x80)
                {
                    bytes = bytes[(i + 1)..];
                    return value;
                }
            }

            return null;
        }
    }
}
