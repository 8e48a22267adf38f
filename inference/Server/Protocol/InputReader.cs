using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary>Reads one object of <c>inputs</c>: its column, shape and type, and where its values are.</summary>
public ref struct InputReader(ReadOnlySpan<byte> body, ModelProfile profile, InferLimits limits, InferRequest request)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private int? _column;
    private TensorType? _type;
    private long _rows;
    private long _width;
    private int _rank;
    private (int Start, int Length)? _data;
    private long? _binarySize;
    private SeenMembers _seen;

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
        column == InferRequest.Features ? ModelSchema.InputName : ShownText.Of(profile.Schema.Columns[column].Name);

    private void ReadName(ref Utf8JsonReader json)
    {
        if (!_seen.Next(ref json, SeenMembers.Name, JsonTokenType.String, "An input's 'name'"))
            return;
        if (json.ValueTextEquals("features"u8))
            _column = InferRequest.Features; // a column of the same name is recognized by its shape
        else if (profile.ColumnNames.Find(ref json, request.Count) is >= 0 and var column)
            _column = column;
        else
            throw RequestException.Bad(
                $"There is no input '{ShownText.Of(ref json)}'. Send '{ModelSchema.InputName}', or one tensor for each column: {ShownText.List(profile.Schema.Columns.Select(known => known.Name))}.");
    }

    private void ReadShape(ref Utf8JsonReader json)
    {
        if (!_seen.Next(ref json, SeenMembers.Shape, JsonTokenType.StartArray, "A 'shape'"))
            return;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var size))
                throw RequestException.Bad("A 'shape' must contain whole numbers.");
            if (size < 0)
                throw RequestException.Bad($"A 'shape' contains the negative dimension {size}.");
            if (_rank == 0)
                _rows = size;
            else if (_rank == 1)
                _width = size;
            _rank++;
        }
    }

    private void ReadType(ref Utf8JsonReader json)
    {
        if (!_seen.Next(ref json, SeenMembers.Datatype, JsonTokenType.String, "A 'datatype'"))
            return;
        if (!TensorTypes.TryParse(json, out var type))
            throw RequestException.Bad($"'{ShownText.Of(ref json)}' is not a datatype. Datatypes: {string.Join(", ", Enum.GetValues<TensorType>().Select(known => known.Word()))}.");
        _type = type;
    }

    private void ReadData(ref Utf8JsonReader json)
    {
        if (!_seen.Next(ref json, SeenMembers.Data, JsonTokenType.StartArray, "A tensor's 'data'"))
            return;
        var start = (int)json.TokenStartIndex;
        if (!TryReadFeatures(ref json))
            json.Skip();
        _data = (start, (int)json.BytesConsumed - start);
    }

    // in one pass, if what they are has come before them, as clients nearly always send it
    private readonly bool TryReadFeatures(ref Utf8JsonReader json)
    {
        if (_column != InferRequest.Features || _type is not (TensorType.Fp32 or TensorType.Fp64) || request.Count > 0 || _rank != 2 || _width != profile.Encoder.Width || _rows < 1 || _rows > limits.MaxRows)
            return false;
        var values = json;
        request.ValueCount = 0;
        if (TensorReader.TryReadFeatures(ref values, (int)_rows, (int)_width, request))
        {
            json = values;
            return true;
        }

        request.ValueCount = 0;
        return false;
    }

    private void ReadParameters(ref Utf8JsonReader json)
    {
        if (!_seen.Next(ref json, SeenMembers.Parameters, JsonTokenType.StartObject, "'parameters'"))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSize = json.ValueTextEquals("binary_data_size"u8);
            json.Read();
            if (!isSize)
                json.Skip();
            else if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var size) && size >= 0)
                _binarySize = size;
            else
                throw RequestException.Bad("'binary_data_size' must be a whole number of bytes.");
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
        var tensor = new InferTensor(column, type, (int)_rows, column == InferRequest.Features ? (int)_width : 1, start, length, binary);
        CheckSize(name, tensor);
        return tensor;
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
            throw RequestException.Bad(_rank == 0 ? $"The input '{name}' has no 'shape'; expected {expected}." : $"The 'shape' of '{name}' does not match: expected {expected}.");
        }

        if (_rows < 1 || _rows > limits.MaxRows)
            throw RequestException.Bad($"The input '{name}' has {_rows} rows; a request must have 1 to {limits.MaxRows}.");
        limits.CheckSize(profile, (int)_rows);
        if (request.Count > 0 && request.Tensors[0].Rows != _rows)
            throw RequestException.Bad($"The input '{name}' has {_rows} rows, but another has {request.Tensors[0].Rows}: all inputs must have the same number of rows.");
    }

    private readonly void CheckType(string name, int column, TensorType type)
    {
        if (column == InferRequest.Features)
        {
            if (!type.IsFloat())
                throw RequestException.Bad($"The input '{name}' has the datatype {type.Word()}; expected FP32 (or FP64, FP16, BF16).");
        }
        else if (profile.Schema.Columns[column] is { Kind: ColumnKind.Categorical, Form: var form })
        {
            // comparison by value accepts any spelling of a value
            if (form != CategoryForm.ByValue && type != TensorType.Bytes && !type.IsInteger())
                throw RequestException.Bad($"The input '{name}' has the datatype {type.Word()}; a category must be BYTES (or a whole number).");
        }
        else if (type == TensorType.Bytes)
        {
            throw RequestException.Bad($"The input '{name}' has the datatype BYTES; a numeric column must be FP32, FP64, INT* or BOOL.");
        }
    }

    private readonly (int Start, int Length, bool Binary) Values(string name)
    {
        if (_binarySize is not { } size)
            return _data is { } data ? (data.Start, data.Length, false) : throw RequestException.Bad($"The input '{name}' has no 'data'.");
        if (_data is not null)
            throw RequestException.Bad($"The input '{name}' has both 'data' and 'binary_data_size'.");

        // written so that no sum overflows, whatever the request claims
        if (size > request.BinaryLength - request.BinaryTaken)
            throw RequestException.Bad($"The input '{name}' claims {size} binary bytes, more than follow the JSON. Check the header Inference-Header-Content-Length.");
        return (request.BinaryStart + request.BinaryTaken, (int)size, true);
    }

    // Before any memory is allocated for what a shape claims: the values have to exist.
    private readonly void CheckSize(string name, in InferTensor tensor)
    {
        var values = (long)tensor.Rows * tensor.Width;
        if (!tensor.Binary)
        {
            // brackets, and at least a digit and a separator for each value
            if (tensor.Length < (2 * values) + 1)
                throw RequestException.Bad($"The input '{name}' has {TensorReader.Count(_body, tensor.Start, tensor.Length)} values, but its shape requires {values}.");
        }
        else if (tensor.Type == TensorType.Bytes ? tensor.Length < values * sizeof(int) : tensor.Length != values * tensor.Type.Size())
        {
            throw BinaryTensorReader.WrongSize(name, tensor);
        }
    }
}
