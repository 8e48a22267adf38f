using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Cli.Benchmarks;

/// <summary>What the target <c>Benchmark</c> measures: the argument of the benchmark program's command <c>run</c>, as JSON.</summary>
/// <param name="Root">The root of this checkout, whose release was built.</param>
/// <param name="Folder">The environment that the benchmark runs in and removes afterwards.</param>
/// <param name="Dataset">A CSV file to train on; null for the model's sample data.</param>
/// <param name="Quick">Whether few and short rounds are enough.</param>
/// <param name="Source">The commit that the release was built from.</param>
/// <param name="Refusal">Why git does not report the commit of an existing checkout.</param>
/// <param name="Only">Which comparisons to run, as <see cref="ComparisonNames"/> with commas; null for all.</param>
public sealed record BenchmarkRequest(
    string Root, string Folder, string Model, string? Dataset, bool Quick, LocalSettings Local, SourceReference Source, string By, string? Refusal,
    string? Only = null)
{
    /// <summary>Must not be the name of an environment that cake.config could define.</summary>
    public const string EnvironmentName = ".benchmark";

    /// <exception cref="JsonException">The text is not a request.</exception>
    public static BenchmarkRequest Of(string json) =>
        JsonSerializer.Deserialize(json, BenchmarkRequestJson.Default.BenchmarkRequest) ?? throw new JsonException("A request is an object.");

    public string ToJson() => JsonSerializer.Serialize(this, BenchmarkRequestJson.Default.BenchmarkRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BenchmarkRequest))]
internal sealed partial class BenchmarkRequestJson : JsonSerializerContext;
