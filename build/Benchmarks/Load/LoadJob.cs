using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Benchmarks.Load;

/// <summary>Which request to send, over how many connections and for how long.</summary>
/// <param name="Body">The body of every request; each is a POST.</param>
/// <param name="Connections">Each sends the next request when it has received the response to the previous one, or, with a rate, when the next is due.</param>
/// <param name="WarmUpMilliseconds">Before the measurement starts.</param>
/// <param name="MaxRequests">Ends the measurement early.</param>
/// <param name="Processes">Processes whose CPU time is also measured.</param>
/// <param name="Watch">A header whose values are recorded; null for none.</param>
/// <param name="Rate">Requests per second that arrive whether or not earlier ones have been answered; null for a closed loop.</param>
public sealed record LoadJob(
    Uri Url, string ContentType, string Body, int Connections, int WarmUpMilliseconds, int Milliseconds, long MaxRequests,
    IReadOnlyList<int> Processes, string? Watch = null, double? Rate = null)
{
    public string ToLine() => JsonSerializer.Serialize(this, LoadJson.Default.LoadJob);
}

/// <summary>The responses during the measurement.</summary>
/// <param name="Seconds">From the first measured request to the last response.</param>
/// <param name="Failed">Requests without a response, or with a status other than 200, including those of the warm-up.</param>
/// <param name="Failure">A description of the first failure; null if there is none.</param>
/// <param name="ProcessorSeconds">CPU time of the processes in the job.</param>
/// <param name="GeneratorSeconds">CPU time of the load generator itself.</param>
/// <param name="Seen">The values of the watched header, including those during the warm-up.</param>
public sealed record LoadResult(
    long Requests, double Seconds, double P50Microseconds, double P99Microseconds, double MaxMicroseconds, long Failed, string? Failure,
    double ProcessorSeconds, double GeneratorSeconds, IReadOnlyList<SeenValue> Seen, double P999Microseconds = 0)
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

/// <param name="First">When the first response with it was complete: a timestamp of this machine's monotonic clock.</param>
/// <param name="Last">The same for the last response.</param>
public sealed record SeenValue(string Value, long Count, long First, long Last);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadJob))]
[JsonSerializable(typeof(LoadResult))]
public sealed partial class LoadJson : JsonSerializerContext;
