using System.Security.Cryptography;
using System.Text;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Listening;

/// <summary>Tells gateways apart that may share a port from those that may not: name and store, without saying where the store is.</summary>
public static class GatewayIdentity
{
    public static string Of(GatewayOptions options) =>
        $"{options.Gateway}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(options.Store))))[..16]}";
}
