using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>One request on its way through the gateway: its destination, its body, and the result of the last try.</summary>
public sealed class ForwardedRequest(TrafficPick pick, RetryBudget budget) : HttpTransformer
{
    public Color Color { get; set; } = pick.Color;

    public bool IsForced => pick.Outcome == PickOutcome.Forced;

    public RequestBuffer? Body { get; set; }

    /// <summary>A timestamp: when as much of the body had arrived as the gateway buffers.</summary>
    public long Arrived { get; set; }

    /// <summary>Whether there is another server that this request could be sent to.</summary>
    public bool MayRepeat { get; set; }

    /// <summary>The server's own refusal, held back because the request is retried on another server.</summary>
    public bool WasRefused { get; set; }

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        if (Body is not null)
            proxyRequest.Options.Set(BufferedContent.Key, Body);
        var copied = base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = null;
        ForwardedHeaders.Add(httpContext, proxyRequest.Headers);
        return copied;
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null && MayRepeat && RetryPolicy.IsRefusal(proxyResponse.StatusCode) && budget.TrySpend())
        {
            WasRefused = true;
            return new(false);
        }
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
