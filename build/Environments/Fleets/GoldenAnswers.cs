using System.Globalization;
using System.Text.Json;
using Slipway.Registry.Models;

namespace Slipway.Build.Environments.Fleets;

/// <summary>The questions of a golden set in the two forms that callers send, and whether an answer is the one that the trainer got.</summary>
public static class GoldenAnswers
{
    public static string AsTensor(GoldenSet golden) => JsonSerializer.Serialize(InferRequest.Of(golden.Inputs), InferRequestJson.Default.InferRequest);

    public static string AsRecords(GoldenSet golden) => JsonSerializer.Serialize(golden.Records, InferRequestJson.Default.IReadOnlyListIReadOnlyDictionaryStringString);

    /// <summary>What an infer answer says, row by row.</summary>
    public static IReadOnlyList<float> OfTensor(JsonElement answer, ModelSchema schema) =>
    [
        .. answer.GetProperty("outputs").EnumerateArray()
            .First(output => output.GetProperty("name").GetString() == schema.Output.Name)
            .GetProperty("data").EnumerateArray().Select(value => value.GetSingle()),
    ];

    /// <summary>The same of an answer to records: a value alone, or one for each class by its name.</summary>
    public static IReadOnlyList<float> OfRecords(JsonElement answer, ModelSchema schema) =>
    [
        .. answer.GetProperty("predictions").EnumerateArray().Select(row => row.GetProperty(schema.Output.Name)).SelectMany(output =>
            output.ValueKind == JsonValueKind.Object ? output.EnumerateObject().Select(one => one.Value.GetSingle()) : [output.GetSingle()]),
    ];

    /// <returns>What is wrong, as a sentence about whoever answered; null when nothing is.</returns>
    public static string? Problem(GoldenSet golden, IReadOnlyList<float> actual)
    {
        var expected = golden.Outputs.SelectMany(row => row).ToList();
        if (actual.Count != expected.Count)
            return string.Create(CultureInfo.InvariantCulture, $"gave {actual.Count} values for its golden set instead of {expected.Count}");
        for (var i = 0; i < expected.Count; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= golden.Tolerance * Math.Max(1, Math.Abs(expected[i]))))
                return string.Create(CultureInfo.InvariantCulture, $"answers golden value {i} with {actual[i]} instead of {expected[i]}");
        return null;
    }
}
