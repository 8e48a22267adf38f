using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>Reads one object of <c>inputs</c>: what it is, how large, and where its values lie.</summary>
public ref struct InputReader(ModelProfile profile, InferLimits limits, InferRequest request)
{
    private int? _column;
    private TensorType? _type;
    private long _rows;
    private long _width;
    private int _rank;
    private (int Start, int Length)? _data;
    private long? _binarySize;

    public InferTensor Read(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("name"u8))
                ReadName(ref json);
            else if (json.ValueTextEquals("shape"u8))
                ReadShape(ref json);
            else if (json.ValueTextEquals("datatype"u8))
                ReadType(ref json);
            else if (json.ValueTextEquals("data"u8))
                ReadData(ref json);
            else if (json.ValueTextEquals("parameters"u8))
                ReadParameters(ref json);
            else
                json.Skip();
        }

        return Checked();
    }

    public static string NameOf(ModelProfile profile, int column) =>
        column == InferRequest.Features ? ModelSchema.InputName : profile.Schema.Columns[column].Name;

    private void ReadName(ref Utf8JsonReader json)
    {
        json.Read();
        JsonExpectation.Check(json.TokenType, JsonTokenType.String, "An input's 'name'");
        if (json.ValueTextEquals("features"u8))
        {
            _column = InferRequest.Features; // a column of this name is told by its shape
            return;
        }

        // clients mostly send the columns in the schema's order: look where the next one should be first
        var names = profile.ColumnNames;
        for (var i = 0; i < names.Count; i++)
        {
            var candidate = (request.Count + i) % names.Count;
            if (json.ValueTextEquals(names[candidate]))
            {
                _column = candidate;
                return;
            }
        }

        throw RequestException.Bad(
            $"There is no input '{json.GetString()}'. Send '{ModelSchema.InputName}', or one tensor for each column: {string.Join(", ", profile.Schema.Columns.Select(column => column.Name))}.");
    }

    private void ReadShape(ref Utf8JsonReader json)
    {
        json.Read();
        JsonExpectation.Check(json.TokenType, JsonTokenType.StartArray, "A 'shape'");
        _rank = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var size))
                throw RequestException.Bad("A 'shape' holds whole numbers.");
            if (size < 0)
                throw RequestException.Bad($"A 'shape' holds the negative dimension {size}.");
            if (_rank == 0)
                _rows = size;
            else if (_rank == 1)
                _width = size;
            _rank++;
        }
    }

    private void ReadType(ref Utf8JsonReader json)
    {
        json.Read();
        JsonExpectation.Check(json.TokenType, JsonTokenType.String, "A 'datatype'");
        if (json.ValueIsEscaped || !TensorTypes.TryParse(json.ValueSpan, out var type))
            throw RequestException.Bad($"'{json.GetString()}' is no datatype. Datatypes: {string.Join(", ", Enum.GetValues<TensorType>().Select(known => known.Word()))}.");
        _type = type;
    }

    private void ReadData(ref Utf8JsonReader json)
    {
        json.Read();
        JsonExpectation.Check(json.TokenType, JsonTokenType.StartArray, "A tensor's 'data'");
        var start = (int)json.TokenStartIndex;
        json.Skip();
        _data = (start, (int)json.BytesConsumed - start);
    }

    private void ReadParameters(ref Utf8JsonReader json)
    {
        json.Read();
        JsonExpectation.Check(json.TokenType, JsonTokenType.StartObject, "'parameters'");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSize = json.ValueTextEquals("binary_data_size"u8);
            json.Read();
            if (!isSize)
                json.Skip();
            else if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var size) && size >= 0)
                _binarySize = size;
            else
                throw RequestException.Bad("'binary_data_size' is a whole number of bytes.");
        }
    }

    private readonly InferTensor Checked()
    {
        var column = _column ?? throw RequestException.Bad("An input has no 'name'.");
        if (column == InferRequest.Features && profile.Encoder.IndexOf(ModelSchema.InputName) is >= 0 and var named && !IsEncoded())
            column = named;
        var name = NameOf(profile, column);
        var type = _type ?? throw RequestException.Bad($"The input '{name}' has no 'datatype'.");
        CheckShape(name, column);
        CheckType(name, column, type);
        var (start, length, binary) = Values(name);
        return new(column, type, (int)_rows, column == InferRequest.Features ? (int)_width : 1, start, length, binary);
    }

    // [N] and [N, 1] are a column, unless a whole encoded row is that narrow
    private readonly bool IsEncoded() => _rank == 2 && _width == profile.Encoder.Width && (_width > 1 || _type == TensorType.Fp32);

    private readonly void CheckShape(string name, int column)
    {
        var width = column == InferRequest.Features ? profile.Encoder.Width : 1;
        var fits = column == InferRequest.Features ? _rank == 2 && _width == width : _rank == 1 || (_rank == 2 && _width == 1);
        if (!fits)
        {
            var expected = column == InferRequest.Features ? $"[N, {width}]" : "[N] or [N, 1]";
            throw RequestException.Bad(_rank == 0 ? $"The input '{name}' has no 'shape'; expected {expected}." : $"The 'shape' of '{name}' does not fit: expected {expected}.");
        }

        if (_rows < 1 || _rows > limits.MaxRows)
            throw RequestException.Bad($"The input '{name}' has {_rows} rows; a request takes 1 to {limits.MaxRows}.");
        if (request.Count > 0 && request.Tensors[0].Rows != _rows)
            throw RequestException.Bad($"The input '{name}' has {_rows} rows, another one {request.Tensors[0].Rows}: all inputs have the same number.");
    }

    private readonly void CheckType(string name, int column, TensorType type)
    {
        if (column == InferRequest.Features)
        {
            if (type != TensorType.Fp32)
                throw RequestException.Bad($"The input '{name}' has the datatype {type.Word()}; expected FP32.");
        }
        else if (profile.Schema.Columns[column] is { Kind: ColumnKind.Categorical, Form: var form })
        {
            // what compares values takes any way to write one
            if (form != CategoryForm.ByValue && type != TensorType.Bytes && !type.IsInteger())
                throw RequestException.Bad($"The input '{name}' has the datatype {type.Word()}; a category is BYTES (or a whole number).");
        }
        else if (type == TensorType.Bytes)
        {
            throw RequestException.Bad($"The input '{name}' has the datatype BYTES; a numeric column is FP32, FP64, INT* or BOOL.");
        }
    }

    private readonly (int Start, int Length, bool Binary) Values(string name)
    {
        if (_binarySize is not { } size)
            return _data is { } data ? (data.Start, data.Length, false) : throw RequestException.Bad($"The input '{name}' has no 'data'.");
        if (_data is not null)
            throw RequestException.Bad($"The input '{name}' has both 'data' and 'binary_data_size'.");

        long start = request.BinaryStart;
        foreach (var before in request.Tensors)
            start += before.Binary ? before.Length : 0;
        if (start + size > request.BinaryStart + request.BinaryLength)
            throw RequestException.Bad($"The input '{name}' claims {size} binary bytes, more than follow the JSON. Is the Inference-Header-Content-Length header right?");
        return ((int)start, (int)size, true);
    }
}
