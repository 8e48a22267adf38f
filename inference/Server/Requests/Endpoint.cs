using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>Runs a request and turns what goes wrong into a problem document.</summary>
public sealed partial class Endpoint(InferenceMetrics metrics, ModelCatalog catalog, ILogger<Endpoint> logger)
{
    public RequestDelegate Guard(Func<HttpContext, Task> handler) => async context =>
    {
        try
        {
            if (catalog.Draining)
                context.Response.Headers.Connection = "close";
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
            // the client is gone: nobody to answer
        }
        catch (Exception e)
        {
            LogFailed(context.Request.Method, context.Request.Path, e);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "The server failed on this request; its log says why.");
        }
    };

    /// <summary>Answers a request that no route matched, or whose route knows another method.</summary>
    public Task NotFoundAsync(HttpContext context) => Problem.WriteAsync(context, StatusCodes.Status404NotFound,
        $"There is nothing at {context.Request.Path}. /openapi/v1.json lists what there is.");

    private Task FailAsync(HttpContext context, int status, string message)
    {
        metrics.Failed(context.Request.RouteValues["model"] as string, status);
        context.Response.Headers.Remove(SlipwayHeaders.PredictionId);
        return Problem.WriteAsync(context, status, message);
    }
}
