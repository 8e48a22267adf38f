using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Slipway.Inference.Protocol;

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

    /// <summary>A float of 32 bits without its last 16.</summary>
    Bf16,
}

public static class TensorTypes
{
    private const float MaxBf16 = 3.3895314e38f;

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
        Row(TensorType.Bf16, "BF16", 2),
    ];

    public static string Word(this TensorType type) => Known[(int)type].Word;

    /// <summary>Bytes of one element in a binary tensor; 0 if each element has its own length.</summary>
    public static int Size(this TensorType type) => Known[(int)type].Size;

    public static bool IsFloat(this TensorType type) => type is TensorType.Fp16 or TensorType.Bf16 or TensorType.Fp32 or TensorType.Fp64;

    public static bool IsInteger(this TensorType type) => !type.IsFloat() && type is not (TensorType.Bytes or TensorType.Bool);

    /// <summary>Whether a type can represent this number: an integer in its range, or a float that does not become infinite.</summary>
    /// <param name="number">The number in the JSON.</param>
    public static bool Holds(this TensorType type, in Utf8JsonReader number) => type switch
    {
        TensorType.Fp32 or TensorType.Fp64 => true, // every number has to fit 32 bits in the end
        TensorType.Fp16 => number.TryGetSingle(out var value) && Half.IsFinite((Half)value),
        TensorType.Bf16 => number.TryGetSingle(out var value) && MathF.Abs(value) <= MaxBf16,
        TensorType.Bool => number.ValueSpan is [(byte)'0' or (byte)'1'],
        TensorType.Int8 => number.TryGetSByte(out _),
        TensorType.Int16 => number.TryGetInt16(out _),
        TensorType.Int32 => number.TryGetInt32(out _),
        TensorType.Int64 => number.TryGetInt64(out _),
        TensorType.Uint8 => number.TryGetByte(out _),
        TensorType.Uint16 => number.TryGetUInt16(out _),
        TensorType.Uint32 => number.TryGetUInt32(out _),
        TensorType.Uint64 => number.TryGetUInt64(out _),
        _ => false,
    };

    /// <param name="json">Positioned on the word, with escapes or without.</param>
    public static bool TryParse(in Utf8JsonReader json, out TensorType type)
    {
        foreach (var known in Known)
            if (json.ValueTextEquals(known.Utf8))
            {
                type = known.Type;
                return true;
            }

        type = default;
        return false;
    }

    private static (TensorType, string, byte[], int) Row(TensorType type, string word, int size) => (type, word, Encoding.ASCII.GetBytes(word), size);
}
