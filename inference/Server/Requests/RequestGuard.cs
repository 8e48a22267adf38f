using Slipway.Hosting.Draining;
using Slipway.Hosting.Problems;
using Slipway.Inference.Metrics;
using Slipway.Inference.Slots;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Requests;

/// <summary>Runs a request and turns exceptions into problem documents.</summary>
public sealed partial class RequestGuard(InferenceMetrics metrics, ModelCatalog catalog, DrainState drain, ILogger<RequestGuard> logger)
{
    // whatever a message quotes: an error response must not echo a whole request
    private const int MaxMessageLength = 2500;

    public RequestDelegate Protect(Func<HttpContext, Task> handler) => async context =>
    {
        try
        {
            drain.CloseConnection(context);
            await handler(context);
        }
        catch (RequestException e)
        {
            await FailAsync(context, e.Status, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await FailAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // the client has disconnected: there is nobody to respond to
        }
        catch (Exception e)
        {
            LogFailed(context.Request.Method, context.Request.Path, e);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "The server failed to process this request; see its log.");
        }
    };

    private Task FailAsync(HttpContext context, int status, string message)
    {
        var model = context.Request.RouteValues["model"] as string;
        metrics.Failed(model is not null && catalog.Find(model) is not null ? model : null, status);
        context.Response.Headers.Remove(SlipwayHeaders.PredictionId);
        return Problem.WriteAsync(context, status, message.Length > MaxMessageLength ? $"{message.AsSpan(0, MaxMessageLength)}..." : message);
    }
}
