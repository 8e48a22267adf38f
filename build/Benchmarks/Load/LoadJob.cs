using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Benchmarks.Load;

/// <summary>What to ask, how hard and for how long.</summary>
/// <param name="Body">Of every request; each is a POST.</param>
/// <param name="Connections">Each sends the next request when it has the answer to the one before.</param>
/// <param name="WarmUpMilliseconds">Before the count begins.</param>
/// <param name="MaxRequests">Ends the count before its time.</param>
/// <param name="Processes">Whose processor time is counted beside.</param>
/// <param name="Watch">A header whose values are told apart; null for none.</param>
public sealed record LoadJob(
    Uri Url, string ContentType, string Body, int Connections, int WarmUpMilliseconds, int Milliseconds, long MaxRequests,
    IReadOnlyList<int> Processes, string? Watch = null)
{
    public string ToLine() => JsonSerializer.Serialize(this, LoadJson.Default.LoadJob);
}

/// <summary>What came back while it counted.</summary>
/// <param name="Seconds">From the first request that counts to the last answer.</param>
/// <param name="Failed">Requests without an answer, or with another status than 200; of the warm-up too.</param>
/// <param name="Failure">The first of them, in words; null when there is none.</param>
/// <param name="ProcessorSeconds">Of the processes that the job names.</param>
/// <param name="GeneratorSeconds">Processor time of the generator itself.</param>
/// <param name="Seen">The values of the watched header, warm-up included.</param>
public sealed record LoadResult(
    long Requests, double Seconds, double P50Microseconds, double P99Microseconds, double MaxMicroseconds, long Failed, string? Failure,
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

/// <param name="First">When the first answer with it was complete: a timestamp of this machine's monotonic clock.</param>
/// <param name="Last">The same of the last.</param>
public sealed record SeenValue(string Value, long Count, long First, long Last);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadJob))]
[JsonSerializable(typeof(LoadResult))]
public sealed partial class LoadJson : JsonSerializerContext;
