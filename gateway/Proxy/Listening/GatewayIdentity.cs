using Slipway.Gateway.Options;
using Slipway.Registry;

namespace Slipway.Gateway.Listening;

/// <summary>Tells gateways apart that may share a port from those that may not: name and store, without saying where the store is.</summary>
public static class GatewayIdentity
{
    public static string Of(GatewayOptions options) =>
        $"{options.Gateway}-{Sha256Hex.Of(Path.GetFullPath(options.Store))[..16]}";
}
