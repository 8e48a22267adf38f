using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Slipway.Registry;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway;

/// <summary>Answers that the gateway itself makes when it cannot pass a request on: problem details (RFC 9457) with `error`, as the inference protocol has it.</summary>
public static class Problems
{
    public static Task WriteAsync(HttpContext context, int status, string error)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", error);
            json.WriteString("error", error);
            json.WriteEndObject();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = buffer.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static Task NoServerAsync(HttpContext context, Color color)
    {
        context.Response.Clear();
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, 503, $"No healthy {color.Word()} server can answer now; try again shortly. The gateway's private listener says more under /api/status.");
    }

    /// <summary>The body could not be read: too long, too slow, or malformed.</summary>
    public static Task BadRequestAsync(HttpContext context, BadHttpRequestException problem) =>
        WriteAsync(context, problem.StatusCode, $"The request's body could not be read: {problem.Message}");

    public static Task ForwardingFailedAsync(HttpContext context, ForwarderError error, Replica replica)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;
        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        var bad = cause as BadHttpRequestException ?? (cause as AggregateException)?.InnerExceptions.OfType<BadHttpRequestException>().FirstOrDefault();
        context.Response.Clear();
        if (bad is not null)
            return BadRequestAsync(context, bad);
        if (!RetryPolicy.IsServerFailure(error))
            return WriteAsync(context, 400, "The request could not be read to its end.");

        var late = error == ForwarderError.RequestTimedOut;
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, late ? 504 : 503, late
            ? $"The {replica.Color.Word()} server did not answer in time; try again, with fewer rows if there were many."
            : $"The {replica.Color.Word()} server failed before it answered; try again.");
    }
}
