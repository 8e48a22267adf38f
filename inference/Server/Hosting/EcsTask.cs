using System.Net;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Inference.Hosting;

/// <summary>The ECS task of this server, according to the task metadata endpoint (version 4) of its container.</summary>
/// <param name="Address">The address at which others in its network can reach it.</param>
public sealed record EcsTask(string Id, IPAddress Address)
{
    /// <summary>ECS sets it in each of its containers; nothing else does.</summary>
    public const string Variable = "ECS_CONTAINER_METADATA_URI_V4";

    private const int Tries = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>The name of a replica of a color: the color, and enough of the id to distinguish tasks.</summary>
    public string Replica(string color) => $"{color}-{Id[^Math.Min(8, Id.Length)..]}";

    /// <exception cref="SlipwayException">The endpoint did not respond in time, three times, or returned something unexpected.</exception>
    public static async Task<EcsTask> ReadAsync(string endpoint, TimeProvider time, CancellationToken cancellation)
    {
        using var client = DirectHttpClient.Create(Timeout);
        for (var tried = 1; ; tried++)
        {
            try
            {
                return Parse(await client.GetStringAsync(endpoint, cancellation), await client.GetStringAsync($"{endpoint}/task", cancellation));
            }
            catch (Exception e) when (IsFailure(e) && !cancellation.IsCancellationRequested)
            {
                if (tried == Tries)
                    throw new SlipwayException(
                        $"The task metadata endpoint of ECS, {endpoint} ({Variable}), did not describe this task: {e.Message.TrimEnd('.')}. "
                        + "Set SLIPWAY_Address and SLIPWAY_Replica to run without it.", e);
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static EcsTask Parse(string container, string task)
    {
        using var containerJson = JsonDocument.Parse(container);
        using var taskJson = JsonDocument.Parse(task);
        var address = containerJson.RootElement.GetProperty("Networks")[0].GetProperty("IPv4Addresses")[0].GetString();
        var arn = taskJson.RootElement.GetProperty("TaskARN").GetString() ?? "";
        return new(arn[(arn.LastIndexOf('/') + 1)..].ToLowerInvariant(), IPAddress.Parse(address ?? ""));
    }

    // exceptions for unexpected JSON: a missing property, an empty array, a value of another kind
    private static bool IsFailure(Exception e) => e
        is HttpRequestException or OperationCanceledException or InvalidOperationException
        or JsonException or KeyNotFoundException or IndexOutOfRangeException or FormatException;
}
