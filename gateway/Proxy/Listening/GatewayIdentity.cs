using Slipway.Gateway.Options;
using Slipway.Registry;

namespace Slipway.Gateway.Listening;

/// <summary>Identifies gateways that may share a port: by name and store, without revealing where the store is.</summary>
public static class GatewayIdentity
{
    public static string Of(GatewayOptions options) =>
        $"{options.Gateway}-{Sha256Hex.Of(Path.GetFullPath(options.Store))[..16]}";
}
