using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Shadows;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Page.Live;

/// <summary>Passes requests on. While somebody watches, it keeps a copy of short answers to predictions.</summary>
public sealed class TapMiddleware(LiveTap tap, TimeProvider time, RequestDelegate next)
{
    private const int MaxAnswer = 16 << 10;

    public Task InvokeAsync(HttpContext context) => tap.IsWatched && IsPrediction(context.Request) ? WatchAsync(context) : next(context);

    private static bool IsPrediction(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && !request.Headers.ContainsKey(SlipwayHeaders.Probe)
        && (request.Path.Value is "/invocations" || request.Path.Value?.EndsWith("/infer", StringComparison.Ordinal) == true);

    private async Task WatchAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var caller = context.Response.Body;
        using var tee = new TeeStream(caller, MaxAnswer);
        context.Response.Body = tee;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = caller;
        }
        if (!context.RequestAborted.IsCancellationRequested)
            tap.Add(Of(context, tee, time.GetElapsedTime(started)));
    }

    private TappedPrediction Of(HttpContext context, TeeStream tee, TimeSpan elapsed)
    {
        var headers = context.Response.Headers;
        var id = headers[SlipwayHeaders.PredictionId] is [{ } text] && PredictionIds.TryParse(text, out var parsed) ? (PredictionId?)parsed : null;
        var model = id?.Model ?? ModelPath.Of(context.Request.Path).ToString();
        return new(
            time.GetUtcNow(), Colors.TryParse(headers[SlipwayHeaders.Color], out var color) ? color : null, model.Length > 40 ? model[..40] : model,
            id is null ? null : headers[SlipwayHeaders.PredictionId].ToString(), context.Response.StatusCode, elapsed,
            context.Response.StatusCode == 200 && headers.ContentEncoding.Count == 0 && tee.Copy is { } answer ? PredictedValues.Of(answer) : null);
    }
}
