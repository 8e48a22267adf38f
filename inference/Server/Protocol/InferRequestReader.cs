using System.Text.Json;
using System.Text.Unicode;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>
/// Reads the structure of an infer request directly from the body's bytes, with members in any order. Values are skipped here and read by
/// <see cref="TensorReader"/> once their type is known.
/// </summary>
public ref struct InferRequestReader
{
    private const int MaxDepth = 32;
    private const int MaxIdBytes = 1024;

    private readonly ReadOnlySpan<byte> _body;
    private readonly ModelProfile _profile;
    private readonly InferRequest _request;
    private readonly InferLimits _limits;
    private Utf8JsonReader _json;
    private SeenMembers _seen;

    private InferRequestReader(ReadOnlySpan<byte> body, int jsonLength, ModelProfile profile, InferRequest request, InferLimits limits)
    {
        _body = body;
        _profile = profile;
        _request = request;
        _limits = limits;
        _json = new(body[..jsonLength], new JsonReaderOptions { MaxDepth = MaxDepth });
        request.Clear(profile.ColumnNames.Count);
        request.BinaryStart = jsonLength;
        request.BinaryLength = body.Length - jsonLength;
    }

    public static JsonReaderOptions Options => new() { MaxDepth = MaxDepth };

    /// <param name="jsonLength">How much of the body is JSON; binary tensors follow.</param>
    /// <exception cref="RequestException">The request is not valid for this model.</exception>
    public static void Read(ReadOnlySpan<byte> body, int jsonLength, ModelProfile profile, InferRequest request, InferLimits limits)
    {
        if (jsonLength == 0)
            throw RequestException.Bad("The body is empty: send a JSON object with 'inputs'.");
        try
        {
            new InferRequestReader(body, jsonLength, profile, request, limits).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8
            throw RequestException.Bad($"The body is not valid JSON: {e.Message}");
        }
    }

    private void Read()
    {
        _json.Read();
        Expect(JsonTokenType.StartObject, "The request");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("inputs"u8))
                ReadInputs();
            else if (_json.ValueTextEquals("id"u8))
                ReadId();
            else if (_json.ValueTextEquals("outputs"u8))
                ReadOutputs();
            else if (_json.ValueTextEquals("parameters"u8))
                _request.BinaryByDefault = ReadFlag("binary_data_output"u8, ref _seen) ?? false;
            else
                _json.Skip();
        }

        _json.Read(); // anything after the object is an error
        if (_request.Count == 0)
            throw RequestException.Bad("'inputs' is missing or empty.");
        if (!_request.WantsOutput && !_request.WantsLabel)
            _request.WantsOutput = true;
        _request.BinaryOutput ??= _request.BinaryByDefault;
        _request.BinaryLabel ??= _request.BinaryByDefault;
    }

    private void ReadId()
    {
        if (!_seen.Next(ref _json, SeenMembers.Id, JsonTokenType.String, "'id'"))
            return;
        if (_json.ValueSpan.Length > MaxIdBytes)
            throw RequestException.Bad($"'id' is longer than {MaxIdBytes} bytes.");
        if (!Utf8.IsValid(_json.ValueSpan))
            throw RequestException.Bad("'id' is not valid UTF-8.");
        _request.Id = ((int)_json.TokenStartIndex, _json.ValueSpan.Length + 2);
    }

    private void ReadInputs()
    {
        if (!_seen.Next(ref _json, SeenMembers.Inputs, JsonTokenType.StartArray, "'inputs'"))
            return;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.StartObject, "Each of 'inputs'");
            var tensor = new InputReader(_body, _profile, _limits, _request).Read(ref _json);
            if (_request.Has(tensor.Column))
                throw RequestException.Bad($"The input '{InputReader.NameOf(_profile, tensor.Column)}' appears twice.");
            _request.Add(tensor);
        }
    }

    private void ReadOutputs()
    {
        if (!_seen.Next(ref _json, SeenMembers.Outputs, JsonTokenType.StartArray, "'outputs'"))
            return;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.StartObject, "Each of 'outputs'");
            ReadOutput();
        }
    }

    private void ReadOutput()
    {
        string? name = null;
        bool? binary = null;
        var seen = new SeenMembers();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("name"u8))
            {
                if (seen.Next(ref _json, SeenMembers.Name, JsonTokenType.String, "An output's 'name'"))
                    name = ShownText.Of(ref _json);
            }
            else if (_json.ValueTextEquals("parameters"u8))
            {
                binary = ReadFlag("binary_data"u8, ref seen);
            }
            else
            {
                _json.Skip();
            }
        }

        Want(name ?? throw RequestException.Bad("An output has no 'name'."), binary);
    }

    private readonly void Want(string name, bool? binary)
    {
        var isLabel = name == PredictionOutputs.Label && _profile.LabelWords.Count > 0;
        if (!isLabel && name != _profile.Schema.Output.Name)
            throw RequestException.Bad($"There is no output '{name}'. Outputs: {string.Join(", ", PredictionOutputs.NamesOf(_profile))}.");
        if (isLabel ? _request.WantsLabel : _request.WantsOutput)
            throw RequestException.Bad($"The output '{name}' appears twice.");

        if (isLabel)
            (_request.WantsLabel, _request.BinaryLabel) = (true, binary);
        else
            (_request.WantsOutput, _request.BinaryOutput) = (true, binary);
    }

    /// <summary>Reads one boolean from a parameters object; the rest is ignored.</summary>
    private bool? ReadFlag(ReadOnlySpan<byte> name, scoped ref SeenMembers seen)
    {
        if (!seen.Next(ref _json, SeenMembers.Parameters, JsonTokenType.StartObject, "'parameters'"))
            return null;
        bool? flag = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = _json.ValueTextEquals(name);
            _json.Read();
            if (wanted && _json.TokenType is JsonTokenType.True or JsonTokenType.False)
                flag = _json.TokenType == JsonTokenType.True;
            else
                _json.Skip();
        }

        return flag;
    }

    private readonly void Expect(JsonTokenType type, string what) => JsonExpectation.Check(_json.TokenType, type, what);
}
