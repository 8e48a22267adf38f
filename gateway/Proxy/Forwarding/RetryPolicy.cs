using System.Net;

namespace Slipway.Gateway.Forwarding;

/// <summary>Which requests may be retried, and after what. Pure.</summary>
public static class RetryPolicy
{
    /// <summary>Predictions and metadata are idempotent. Feedback is not: it would be counted twice.</summary>
    public static bool IsRepeatable(string method, PathString path) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
        || (HttpMethods.IsPost(method) && !(path.Value ?? "").TrimEnd('/').EndsWith("/feedback", StringComparison.OrdinalIgnoreCase));

    /// <summary>A server that is stopping, starting or overloaded; any other status is a response.</summary>
    public static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable;
}
