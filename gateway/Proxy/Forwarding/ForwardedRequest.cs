using System.Net;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>One request on its way through the gateway: its destination, its body, and the result of the last try.</summary>
public sealed class ForwardedRequest(TrafficPick pick, RetryBudget budget, TimeProvider time) : HttpTransformer
{
    public Color Color { get; set; } = pick.Color;

    public TrafficPick Pick => pick;

    public bool IsForced => pick.Outcome == PickOutcome.Forced;

    public RequestBuffer? Body { get; set; }

    /// <summary>The addresses of the server of this try.</summary>
    public TargetUris? Target { get; set; }

    /// <summary>A timestamp: when as much of the body had arrived as the gateway buffers.</summary>
    public long Arrived { get; set; }

    /// <summary>Whether there is another server that this request could be sent to.</summary>
    public bool MayRepeat { get; set; }

    /// <summary>The server's own refusal, held back because the request is retried on another server.</summary>
    public bool WasRefused { get; set; }

    /// <summary>A timestamp: when the headers of the last response arrived; 0 if none did, or if no rollout counts this request.</summary>
    public long Responded { get; private set; }

    /// <summary>Whether the last response reports that the model returned a value that is not a finite number.</summary>
    public bool IsNotFinite { get; private set; }

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var copied = base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = Target?.Of(httpContext.Request);
        proxyRequest.Headers.Host = null;
        ForwardedHeaders.Add(httpContext, proxyRequest.Headers);
        TrySpan.Propagate(proxyRequest);
        return copied;
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
        {
            if (pick.Rollout is not null)
                Responded = time.GetTimestamp();
            // between servers and gateway alone: callers read the problem document
            if (proxyResponse.StatusCode == HttpStatusCode.InternalServerError)
                IsNotFinite = proxyResponse.Headers.Remove(SlipwayHeaders.NotFinite);
            if (MayRepeat && RetryPolicy.IsRefusal(proxyResponse.StatusCode) && budget.TrySpend())
            {
                WasRefused = true;
                return new(false);
            }
        }
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
