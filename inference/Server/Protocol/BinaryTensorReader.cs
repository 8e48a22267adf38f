using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary>Reads tensors of the binary tensor data extension: little-endian elements, BYTES with a length of four bytes before each.</summary>
public static class BinaryTensorReader
{
    /// <param name="rows">[Rows, F], written completely.</param>
    public static void ReadFeatures(ReadOnlySpan<byte> body, in InferTensor tensor, Span<float> rows)
    {
        var values = body.Slice(tensor.Start, tensor.Length);
        if (tensor.Type == TensorType.Fp32 && BitConverter.IsLittleEndian)
            values.CopyTo(MemoryMarshal.AsBytes(rows));
        else
            for (var i = 0; i < rows.Length; i++)
                rows[i] = Float(values[(i * tensor.Type.Size())..], tensor.Type);

        for (var i = 0; i < rows.Length; i++)
            if (!float.IsFinite(rows[i]))
                throw RequestException.Bad($"Value {i} of '{ModelSchema.InputName}' is not a finite number{(tensor.Type == TensorType.Fp64 ? " of 32 bits" : "")}.");
    }

    public static void ReadColumn(ReadOnlySpan<byte> body, in InferTensor tensor, RowEncoder rows)
    {
        var values = body.Slice(tensor.Start, tensor.Length);
        if (tensor.Type == TensorType.Bytes)
        {
            ReadTexts(values, tensor, rows);
            return;
        }

        var size = tensor.Type.Size();
        Span<char> text = stackalloc char[32];
        for (var row = 0; row < tensor.Rows; row++)
        {
            var value = values.Slice(row * size, size);
            if (tensor.Type != TensorType.Bool)
                rows.Text(row, tensor.Column, text[..Format(value, tensor.Type, text)]);
            else if (value[0] > 1)
                throw RequestException.Bad($"Value {row} of '{ShownText.Of(rows.NameOf(tensor.Column))}' is {value[0]}, which does not fit BOOL.");
            else
                rows.Boolean(row, tensor.Column, value[0] == 1);
        }
    }

    private static void ReadTexts(ReadOnlySpan<byte> values, in InferTensor tensor, RowEncoder rows)
    {
        var row = 0;
        for (; row < tensor.Rows && values.Length >= 4; row++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(values);
            values = values[4..];
            if (length > values.Length || !Utf8.IsValid(values[..(int)length]))
                throw RequestException.Bad($"Value {row} of '{ShownText.Of(rows.NameOf(tensor.Column))}' is truncated or not valid UTF-8.");
            rows.Text(row, tensor.Column, Encoding.UTF8.GetString(values[..(int)length]));
            values = values[(int)length..];
        }

        if (row != tensor.Rows || !values.IsEmpty)
            throw WrongSize(rows.NameOf(tensor.Column), tensor);
    }

    private static int Format(ReadOnlySpan<byte> value, TensorType type, Span<char> text)
    {
        var length = 0;
        _ = type switch
        {
            TensorType.Fp16 => Number(BinaryPrimitives.ReadHalfLittleEndian(value), text, out length),
            TensorType.Bf16 or TensorType.Fp32 => Number(Float(value, type), text, out length),
            TensorType.Fp64 => Number(BinaryPrimitives.ReadDoubleLittleEndian(value), text, out length),
            TensorType.Int8 => Number((sbyte)value[0], text, out length),
            TensorType.Int16 => Number(BinaryPrimitives.ReadInt16LittleEndian(value), text, out length),
            TensorType.Int32 => Number(BinaryPrimitives.ReadInt32LittleEndian(value), text, out length),
            TensorType.Int64 => Number(BinaryPrimitives.ReadInt64LittleEndian(value), text, out length),
            TensorType.Uint16 => Number(BinaryPrimitives.ReadUInt16LittleEndian(value), text, out length),
            TensorType.Uint32 => Number(BinaryPrimitives.ReadUInt32LittleEndian(value), text, out length),
            TensorType.Uint64 => Number(BinaryPrimitives.ReadUInt64LittleEndian(value), text, out length),
            _ => Number(value[0], text, out length), // UINT8
        };
        return length;
    }

    private static float Float(ReadOnlySpan<byte> value, TensorType type) => type switch
    {
        TensorType.Fp16 => (float)BinaryPrimitives.ReadHalfLittleEndian(value),
        TensorType.Bf16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(value) << 16),
        TensorType.Fp64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(value),
        _ => BinaryPrimitives.ReadSingleLittleEndian(value),
    };

    private static bool Number<T>(T value, Span<char> text, out int length) where T : ISpanFormattable =>
        value.TryFormat(text, out length, default, CultureInfo.InvariantCulture);

    public static RequestException WrongSize(string name, in InferTensor tensor) =>
        RequestException.Bad($"The input '{ShownText.Of(name)}' has {tensor.Length} binary bytes, which does not fit {tensor.Type.Word()} [{tensor.Rows}, {tensor.Width}].");
}
