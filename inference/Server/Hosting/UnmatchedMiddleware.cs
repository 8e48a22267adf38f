using Slipway.Hosting.Problems;
using Slipway.Inference.OpenApi;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Hosting;

/// <summary>Responds to requests without a route with the same problem documents as all others. It costs a matched request one comparison.</summary>
public sealed class UnmatchedMiddleware(RequestDelegate next)
{
    // for a known path with another method, routing selects its own endpoint, which sends no body
    private const string WrongMethod = "405 HTTP Method Not Supported";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound,
                $"Not found: {ShownText.Of(context.Request.Path)}. {OpenApiDocument.Path} lists all paths.");
        return endpoint.DisplayName == WrongMethod ? RefuseMethodAsync(context, endpoint) : next(context);
    }

    private static async Task RefuseMethodAsync(HttpContext context, Endpoint endpoint)
    {
        await endpoint.RequestDelegate!(context); // sets 'Allow'
        await Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed,
            $"{ShownText.Of(context.Request.Path)} does not support {ShownText.Of(context.Request.Method)}, only {context.Response.Headers.Allow}.");
    }
}
