using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Build.Benchmarks.Load;

/// <summary>The input of the load generator: <c>LoadJob</c> of tests/Benchmarks, as JSON.</summary>
public sealed record LoadJob(
    Uri Url, string ContentType, string Body, int Connections, int WarmUpMilliseconds, int Milliseconds, long MostRequests,
    IReadOnlyList<int> Processes, string? Watch = null)
{
    public string ToLine() => JsonSerializer.Serialize(this, LoadJson.Default.LoadJob);
}

/// <summary>The output of the load generator: <c>LoadResult</c> of tests/Benchmarks.</summary>
public sealed record LoadResult(
    long Requests, double Seconds, double P50Microseconds, double P99Microseconds, double MostMicroseconds, long Failed, string? Failure,
    double ProcessorSeconds, double GeneratorSeconds, IReadOnlyList<SeenValue> Seen)
{
    /// <exception cref="SlipwayException">The line is not a result.</exception>
    public static LoadResult Of(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LoadJson.Default.LoadResult) ?? throw new JsonException("The result is null.");
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"The output of the load generator is not a result: {line}", e);
        }
    }
}

/// <param name="First">A timestamp of this machine's monotonic clock, from <see cref="TimeProvider.System"/>.</param>
/// <param name="Last">The same.</param>
public sealed record SeenValue(string Value, long Count, long First, long Last);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadJob))]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
