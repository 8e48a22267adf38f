using System.Text.Json.Serialization;

namespace Slipway.Registry.Models;

/// <summary>An Open Inference Protocol request for encoded rows.</summary>
public sealed record GoldenRequest(IReadOnlyList<InferInput> Inputs)
{
    public static GoldenRequest Of(IReadOnlyList<IReadOnlyList<float>> rows) =>
        new([new(ModelSchema.InputName, [rows.Count, rows[0].Count], "FP32", [.. rows.SelectMany(row => row)])]);
}

public sealed record InferInput(string Name, IReadOnlyList<int> Shape, string Datatype, IReadOnlyList<float> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GoldenRequest))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyDictionary<string, string?>>))]
public sealed partial class GoldenRequestJson : JsonSerializerContext;
