using System.Text.Json.Serialization;
using Slipway.Gateway.Listening;

namespace Slipway.Gateway.Status;

/// <param name="Identity">Identifies this gateway; see <see cref="GatewayIdentity"/>.</param>
public sealed record Liveness(string Status, string Identity, string Release);

public sealed record Health(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(Health))]
internal sealed partial class StatusJson : JsonSerializerContext;
