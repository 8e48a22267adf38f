using System.Text.Json;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Protocol;

/// <summary>Reads the values of JSON tensors into a batch, flat or nested, row-major.</summary>
public static class TensorReader
{
    /// <param name="body">The whole body.</param>
    /// <param name="rows">[Rows, F], written completely.</param>
    public static void ReadFeatures(ReadOnlySpan<byte> body, in InferTensor tensor, Span<float> rows)
    {
        var json = Values(body, tensor);
        var count = 0;
        var isNarrow = tensor.Type is not (TensorType.Fp32 or TensorType.Fp64);
        while (NextValue(ref json, tensor, ref count))
        {
            if (json.TokenType != JsonTokenType.Number)
                throw RequestException.Bad($"Value {count} of '{ModelSchema.InputName}' is {JsonExpectation.Word(json.TokenType)}; expected a number.");
            if (count == rows.Length)
                throw WrongCount(ModelSchema.InputName, "more", rows.Length);
            if ((!ShortDecimal.TryParse(json.ValueSpan, out float value) && !json.TryGetSingle(out value)) || !float.IsFinite(value) || (isNarrow && !tensor.Type.Holds(json)))
                throw RequestException.Bad($"Value {count} of '{ModelSchema.InputName}' does not fit {(tensor.Type == TensorType.Fp64 ? TensorType.Fp32 : tensor.Type).Word()}.");
            rows[count++] = value;
        }

        if (count != rows.Length)
            throw WrongCount(ModelSchema.InputName, $"{count}", rows.Length);
    }

    /// <summary>The same, as numbers of 32 bits, before anything else about the tensor is checked.</summary>
    /// <param name="json">Positioned on the opening bracket, and afterwards on the closing one.</param>
    /// <returns>False if they are not what the shape says: the general way finds out what is wrong with them.</returns>
    public static bool TryReadFeatures(ref Utf8JsonReader json, int rows, int width, InferRequest request)
    {
        var depth = json.CurrentDepth;
        var count = 0;
        while (json.Read())
            switch (json.TokenType)
            {
                case JsonTokenType.Number when count < (long)rows * width && (ShortDecimal.TryParse(json.ValueSpan, out float value) || (json.TryGetSingle(out value) && float.IsFinite(value))):
                    request.AddValue(value);
                    count++;
                    break;
                case JsonTokenType.EndArray when json.CurrentDepth == depth:
                    return count == (long)rows * width;
                case JsonTokenType.StartArray when json.CurrentDepth == depth + 1 && count % width == 0:
                case JsonTokenType.EndArray when count % width == 0:
                    break;
                default:
                    return false;
            }

        return false;
    }

    public static void ReadColumn(ReadOnlySpan<byte> body, in InferTensor tensor, RowEncoder rows)
    {
        var json = Values(body, tensor);
        var count = 0;
        while (NextValue(ref json, tensor, ref count))
        {
            if (count == tensor.Rows)
                throw WrongCount(rows.NameOf(tensor.Column), "more", tensor.Rows);
            CheckToken(json, tensor, rows, count);
            rows.Json(count++, tensor.Column, ref json);
        }

        if (count != tensor.Rows)
            throw WrongCount(rows.NameOf(tensor.Column), $"{count}", tensor.Rows);
    }

    /// <summary>The number of values in a tensor's data, whatever its shape says.</summary>
    public static long Count(ReadOnlySpan<byte> body, int start, int length)
    {
        var json = new Utf8JsonReader(body.Slice(start, length), InferRequestReader.Options);
        var count = 0L;
        while (json.Read())
            if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                count++;
        return count;
    }

    private static Utf8JsonReader Values(ReadOnlySpan<byte> body, in InferTensor tensor)
    {
        var json = new Utf8JsonReader(body.Slice(tensor.Start, tensor.Length), InferRequestReader.Options);
        json.Read(); // the opening bracket
        return json;
    }

    /// <summary>Skips the brackets of inner arrays, each of which must be one row, to the next value.</summary>
    private static bool NextValue(ref Utf8JsonReader json, in InferTensor tensor, ref int count)
    {
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.EndArray when json.CurrentDepth == 0:
                    return false;
                case JsonTokenType.StartArray when json.CurrentDepth == 1 && count % tensor.Width == 0:
                case JsonTokenType.EndArray when count % tensor.Width == 0:
                    continue;
                case JsonTokenType.StartArray or JsonTokenType.EndArray or JsonTokenType.StartObject:
                    throw RequestException.Bad($"The nesting of 'data' does not match its shape [{tensor.Rows}, {tensor.Width}], near value {count}.");
                default:
                    return true;
            }
        }

        return false;
    }

    // null is a missing value in a raw column
    private static void CheckToken(in Utf8JsonReader json, in InferTensor tensor, RowEncoder rows, int row)
    {
        var fits = json.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.String => tensor.Type == TensorType.Bytes,
            JsonTokenType.True or JsonTokenType.False => tensor.Type == TensorType.Bool,
            JsonTokenType.Number => tensor.Type.Holds(json),
            _ => false,
        };
        if (!fits)
            throw RequestException.BadValue(tensor.Column, $"Value {row} of '{ShownText.Of(rows.NameOf(tensor.Column))}' is {JsonExpectation.Word(json.TokenType)} that does not fit {tensor.Type.Word()}.");
    }

    private static RequestException WrongCount(string name, string got, int expected) =>
        RequestException.Bad($"The input '{ShownText.Of(name)}' has {got} values, but its shape requires {expected}.");
}
