using System.Net.Http.Headers;
using Slipway.Gateway.Access;
using Slipway.Registry.Predictions;
using XForwarded = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders;

namespace Slipway.Gateway.Forwarding;

/// <summary>The headers that describe the caller to a server: set only by the gateway, never by the caller.</summary>
public static class ForwardedHeaders
{
    private const string For = "X-Forwarded-For";
    private const string Host = "X-Forwarded-Host";
    private const string Proto = "X-Forwarded-Proto";

    /// <summary>Removes headers that only the gateway may set, and the caller's credentials.</summary>
    /// <param name="keepProbe">Whether the caller may mark requests as probes, which are not logged as predictions.</param>
    public static void Clean(IHeaderDictionary headers, bool keepProbe, bool keepAuthorization)
    {
        headers.Remove(ApiKeyPolicy.KeyHeader);
        if (!keepAuthorization)
            headers.Authorization = default;

        List<string>? claimed = null;
        foreach (var (name, _) in headers)
        {
            if (IsClaim(name) && !(keepProbe && name.Equals(SlipwayHeaders.Probe, StringComparison.OrdinalIgnoreCase)))
                (claimed ??= []).Add(name);
        }
        if (claimed is null)
            return;
        foreach (var name in claimed)
            headers.Remove(name);
    }

    /// <summary>Trusts what the proxies in front report about their callers, starting with the nearest, as far as they are known.</summary>
    public static ForwardedHeadersOptions From(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = XForwarded.XForwardedFor | XForwarded.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        return options;
    }

    public static void Add(HttpContext context, HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation(For, context.Connection.RemoteIpAddress?.ToString());
        headers.TryAddWithoutValidation(Proto, context.Request.Scheme);
        if (context.Request.Host.HasValue)
            headers.TryAddWithoutValidation(Host, context.Request.Host.Value);
    }

    private static bool IsClaim(string name) =>
        name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
            ? name.StartsWith(SlipwayHeaders.Prefix, StringComparison.OrdinalIgnoreCase)
              || name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase)
              || name.StartsWith("x-original-", StringComparison.OrdinalIgnoreCase)
              || name.Equals("x-real-ip", StringComparison.OrdinalIgnoreCase)
            : name.Equals("forwarded", StringComparison.OrdinalIgnoreCase);
}
