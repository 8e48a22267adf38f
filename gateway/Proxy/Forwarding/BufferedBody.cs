using Microsoft.AspNetCore.Http.Features;

namespace Slipway.Gateway.Forwarding;

/// <summary>Tells the forwarder that there is no body left to copy, because the gateway has read all of it: <see cref="BufferedSending"/> sends it.</summary>
public sealed class BufferedBody : IHttpRequestBodyDetectionFeature
{
    private static readonly BufferedBody Feature = new();

    public bool CanHaveBody => false;

    public static void Mark(HttpContext context) => context.Features.Set<IHttpRequestBodyDetectionFeature>(Feature);
}
