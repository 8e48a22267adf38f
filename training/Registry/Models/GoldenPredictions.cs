using System.Globalization;
using System.Text.Json;

namespace Slipway.Registry.Models;

/// <summary>Requests for a golden set, in the two formats that callers use, and the comparison of the responses with what the trainer computed.</summary>
public static class GoldenPredictions
{
    public static string AsTensor(GoldenSet golden) => JsonSerializer.Serialize(GoldenRequest.Of(golden.Inputs), GoldenRequestJson.Default.GoldenRequest);

    public static string AsRecords(GoldenSet golden) => JsonSerializer.Serialize(golden.Records, GoldenRequestJson.Default.IReadOnlyListIReadOnlyDictionaryStringString);

    /// <summary>The predictions of an infer response, row by row.</summary>
    public static IReadOnlyList<float> OfTensor(JsonElement answer, ModelSchema schema) =>
    [
        .. answer.GetProperty("outputs").EnumerateArray()
            .First(output => output.GetProperty("name").GetString() == schema.Output.Name)
            .GetProperty("data").EnumerateArray().Select(value => value.GetSingle()),
    ];

    /// <summary>The predictions of a response to records: a single value, or one per class by name.</summary>
    public static IReadOnlyList<float> OfRecords(JsonElement answer, ModelSchema schema) =>
    [
        .. answer.GetProperty("predictions").EnumerateArray().Select(row => row.GetProperty(schema.Output.Name)).SelectMany(output =>
            output.ValueKind == JsonValueKind.Object ? output.EnumerateObject().Select(one => one.Value.GetSingle()) : [output.GetSingle()]),
    ];

    /// <returns>The problem, as the end of a sentence about the server; null if there is none.</returns>
    public static string? Problem(GoldenSet golden, IReadOnlyList<float> actual)
    {
        var expected = golden.Outputs.SelectMany(row => row).ToList();
        if (actual.Count != expected.Count)
            return string.Create(CultureInfo.InvariantCulture, $"returned {actual.Count} values for its golden set instead of {expected.Count}");
        for (var i = 0; i < expected.Count; i++)
            if (!golden.Accepts(expected[i], actual[i]))
                return string.Create(CultureInfo.InvariantCulture, $"returned {actual[i]} for golden value {i} instead of {expected[i]}");
        return null;
    }
}
