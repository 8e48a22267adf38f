using System.Diagnostics;
using System.Text.Json;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Status;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// One try of a request in a trace: which server it was sent to, and the result. The server's own span becomes its child. Costs nothing unless the
/// gateway exports traces.
/// </summary>
public static class TrySpan
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    private static readonly ActivitySource Source = new(GatewayMetrics.MeterName);

    /// <returns>Null if the request is not traced.</returns>
    public static Activity? Start(HttpContext context, Replica replica)
    {
        if (!Source.HasListeners())
            return null;
        var span = Source.StartActivity($"forward to {replica.Color.Word()}", ActivityKind.Client);
        if (span is not { IsAllDataRequested: true })
            return span;
        var address = new Uri(replica.Address);
        return span.SetTag("http.request.method", context.Request.Method)
            .SetTag("server.address", address.Host)
            .SetTag("server.port", address.Port)
            .SetTag("slipway.color", replica.Color.Word())
            .SetTag("slipway.replica", replica.Heartbeat.Replica)
            .SetTag("slipway.release", replica.Heartbeat.Release);
    }

    public static void End(Activity? span, TryResult result, int status)
    {
        if (span is null)
            return;
        if (result is TryResult.Answered or TryResult.Error or TryResult.Refused)
            span.SetTag("http.response.status_code", status);
        if (result.IsBad())
            span.SetTag("error.type", JsonNamingPolicy.SnakeCaseLower.ConvertName(result.ToString())).SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }

    /// <summary>The server continues this gateway's trace. If the gateway does not trace, the caller's own headers have been copied and stay.</summary>
    public static void Propagate(HttpRequestMessage request)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } current)
            return;
        request.Headers.Remove(Parent);
        request.Headers.Remove(State);
        request.Headers.TryAddWithoutValidation(Parent, id);
        if (current.TraceStateString is { Length: > 0 } state)
            request.Headers.TryAddWithoutValidation(State, state);
    }
}
