using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Slipway.Inference;

/// <summary>The data types of the Open Inference Protocol.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The protocol's own names.")]
public enum TensorType
{
    Fp32,
    Fp64,
    Bytes,
    Int64,
    Int32,
    Bool,
    Int16,
    Int8,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Fp16,
}

public static class TensorTypes
{
    private static readonly (TensorType Type, string Word, byte[] Utf8, int Size)[] Known =
    [
        Row(TensorType.Fp32, "FP32", 4),
        Row(TensorType.Fp64, "FP64", 8),
        Row(TensorType.Bytes, "BYTES", 0),
        Row(TensorType.Int64, "INT64", 8),
        Row(TensorType.Int32, "INT32", 4),
        Row(TensorType.Bool, "BOOL", 1),
        Row(TensorType.Int16, "INT16", 2),
        Row(TensorType.Int8, "INT8", 1),
        Row(TensorType.Uint8, "UINT8", 1),
        Row(TensorType.Uint16, "UINT16", 2),
        Row(TensorType.Uint32, "UINT32", 4),
        Row(TensorType.Uint64, "UINT64", 8),
        Row(TensorType.Fp16, "FP16", 2),
    ];

    public static string Word(this TensorType type) => Known[(int)type].Word;

    /// <summary>Bytes of one element in a binary tensor; 0 where each element carries its own length.</summary>
    public static int Size(this TensorType type) => Known[(int)type].Size;

    public static bool IsInteger(this TensorType type) =>
        type is not (TensorType.Fp16 or TensorType.Fp32 or TensorType.Fp64 or TensorType.Bytes or TensorType.Bool);

    public static bool TryParse(ReadOnlySpan<byte> word, out TensorType type)
    {
        foreach (var known in Known)
            if (word.SequenceEqual(known.Utf8))
            {
                type = known.Type;
                return true;
            }

        type = default;
        return false;
    }

    private static (TensorType, string, byte[], int) Row(TensorType type, string word, int size) => (type, word, Encoding.ASCII.GetBytes(word), size);
}
