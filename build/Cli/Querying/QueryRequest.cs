using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Build.Cli.Querying;

/// <summary>What the target <c>Query</c> runs: the argument of the analysis program's command <c>query</c>, as JSON.</summary>
/// <param name="Store">A folder, or <c>s3://&lt;bucket&gt;</c>.</param>
/// <param name="Output">A CSV file for the result; null to print it.</param>
/// <param name="Days">For a bucket: how many days of the log are read, until today.</param>
public sealed record QueryRequest(string Store, string Sql, string? Output, int Days)
{
    public const int DefaultDays = 2;

    /// <exception cref="JsonException">The text is not a request.</exception>
    public static QueryRequest Of(string json) =>
        JsonSerializer.Deserialize(json, QueryRequestJson.Default.QueryRequest) ?? throw new JsonException("A request is an object.");

    public string ToJson() => JsonSerializer.Serialize(this, QueryRequestJson.Default.QueryRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(QueryRequest))]
internal sealed partial class QueryRequestJson : JsonSerializerContext;
