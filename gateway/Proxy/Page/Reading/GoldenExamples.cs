using Slipway.Registry.Models;

namespace Slipway.Gateway.Page.Reading;

/// <summary>A few rows of a golden set, spread over it.</summary>
/// <param name="Records">Raw values by column name; a missing value is null or absent.</param>
public sealed record GoldenExamples(IReadOnlyList<IReadOnlyDictionary<string, string?>> Records)
{
    private const int MaxExamples = 8;

    public static GoldenExamples Of(GoldenSet golden)
    {
        var count = golden.Records.Count;
        return new(count <= MaxExamples ? golden.Records : [.. Enumerable.Range(0, MaxExamples).Select(i => golden.Records[(int)((long)i * (count - 1) / (MaxExamples - 1))])]);
    }
}
