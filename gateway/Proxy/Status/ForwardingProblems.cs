using Slipway.Gateway.Forwarding;
using Slipway.Gateway.Replicas;
using Slipway.Hosting.Problems;
using Slipway.Registry.Channels;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Status;

/// <summary>Responses of the gateway itself when it cannot forward a request.</summary>
public static class ForwardingProblems
{
    public static Task NoServerAsync(HttpContext context, Color color)
    {
        context.Response.Clear();
        return Problem.WriteAsync(context, 503, $"No healthy {color.Word()} server is available; try again shortly. The gateway's private listener has details under /api/status.");
    }

    /// <summary>The gateway has reached a limit; the connection is closed, because the rest of the request is not wanted.</summary>
    /// <param name="what">What has reached the limit.</param>
    public static Task FullAsync(HttpContext context, string what)
    {
        context.Response.Headers.Connection = "close";
        return Problem.WriteAsync(context, 503, $"This gateway holds {what}; try again shortly.");
    }

    /// <summary>The body could not be read: too long, too slow, or malformed.</summary>
    public static Task BadBodyAsync(HttpContext context, IOException problem)
    {
        // the end of such a body is unknown, so nothing may follow on this connection
        context.Response.Headers.Connection = "close";
        return Problem.WriteAsync(context, (problem as BadHttpRequestException)?.StatusCode ?? 400, $"The request's body could not be read: {Cut(problem.Message)}");
    }

    public static Task ForwardingFailedAsync(HttpContext context, TryOutcome outcome, Replica replica)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;
        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        context.Response.Clear();
        switch (outcome)
        {
            case TryOutcome.CallerFailed:
                return Causes(cause).OfType<IOException>().FirstOrDefault() is { } bad
                    ? BadBodyAsync(context, bad)
                    : Problem.WriteAsync(context, 400, "The request could not be read to its end.");
            case TryOutcome.NotPassable:
                return Problem.WriteAsync(context, 502, NotPassable(cause, replica));
            case TryOutcome.TimedOut:
                context.Response.Headers.RetryAfter = "1";
                return Problem.WriteAsync(context, 504, $"The {replica.Color.Word()} server did not respond in time; try again, with fewer rows if there were many.");
            default:
                return Problem.WriteAsync(context, 503, $"The {replica.Color.Word()} server failed before it responded; try again.");
        }
    }

    /// <summary>Enough to recognize what a caller sent, but no more: an echo has no other limit.</summary>
    public static string Cut(string text)
    {
        const int most = 64;
        return text.Length <= most ? text : $"{text[..most]}...";
    }

    private static string NotPassable(Exception? cause, Replica replica)
    {
        var color = replica.Color.Word();
        return Causes(cause).OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError switch
        {
            HttpRequestError.ConfigurationLimitExceeded =>
                $"The headers of the {color} server's response exceed {ServerConnections.MaxHeaderKilobytes} kB. The same request will fail again: send fewer columns, or shorter names.",
            HttpRequestError.InvalidResponse =>
                $"The {color} server's response is not valid HTTP. The same request will fail again; operators find the server's address under /api/status.",
            HttpRequestError.ConnectionError =>
                $"This gateway has no sockets or memory left to reach the {color} server; try again shortly.",
            _ => $"The request or the {color} server's response has a header that cannot be forwarded. The same request will fail again: send it without unusual headers.",
        };
    }

    private static IEnumerable<Exception> Causes(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
            if (cause is not AggregateException several)
                continue;
            foreach (var inner in several.InnerExceptions.SelectMany(Causes))
                yield return inner;
        }
    }
}
