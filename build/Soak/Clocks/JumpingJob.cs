using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Soak.Clocks;

/// <summary>A server and a gateway in one process, whose clock jumps.</summary>
/// <param name="Server">The arguments of the server.</param>
/// <param name="Gateway">The arguments of the gateway.</param>
public sealed record JumpingJob(string[] Server, string[] Gateway, string Store)
{
    /// <exception cref="JsonException">The text is not a job.</exception>
    public static JumpingJob Of(string json) =>
        JsonSerializer.Deserialize(json, JumpingJson.Default.JumpingJob) ?? throw new JsonException("A job is an object.");

    public string ToJson() => JsonSerializer.Serialize(this, JumpingJson.Default.JumpingJob);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JumpingJob))]
internal sealed partial class JumpingJson : JsonSerializerContext;
