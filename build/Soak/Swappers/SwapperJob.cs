using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Soak.Swappers;

/// <summary>A server that swaps versions and reports its memory.</summary>
/// <param name="Arguments">Of the server.</param>
/// <param name="Every">After how many swaps it reports.</param>
/// <param name="LeakBytes">What each swap leaks on purpose, for the negative control.</param>
public sealed record SwapperJob(string[] Arguments, string Model, int Swaps, int Every, int LeakBytes)
{
    /// <exception cref="JsonException">The text is not a job.</exception>
    public static SwapperJob Of(string json) =>
        JsonSerializer.Deserialize(json, SwapperJson.Default.SwapperJob) ?? throw new JsonException("A job is an object.");

    public string ToJson() => JsonSerializer.Serialize(this, SwapperJson.Default.SwapperJob);
}

/// <summary>The memory of the server's process after a number of swaps.</summary>
public sealed record SwapperSample(int Swaps, long Bytes, int Threads, int Files)
{
    public string ToLine() => JsonSerializer.Serialize(this, SwapperJson.Default.SwapperSample);

    /// <returns>Null for a line that is something else, such as one of the server's log.</returns>
    public static SwapperSample? Of(string line) => line.StartsWith("{\"swaps\":", StringComparison.Ordinal)
        ? JsonSerializer.Deserialize(line, SwapperJson.Default.SwapperSample)
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SwapperJob))]
[JsonSerializable(typeof(SwapperSample))]
internal sealed partial class SwapperJson : JsonSerializerContext;
