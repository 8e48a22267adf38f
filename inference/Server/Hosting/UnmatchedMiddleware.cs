using Slipway.Hosting.Problems;
using Slipway.Inference.OpenApi;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Hosting;

/// <summary>Gives requests that no route takes the same problem documents as all others. Costs a matched request one comparison.</summary>
public sealed class UnmatchedMiddleware(RequestDelegate next)
{
    // routing answers a known path with another method by an endpoint of its own, without a body
    private const string WrongMethod = "405 HTTP Method Not Supported";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound,
                $"There is nothing at {ShownText.Of(context.Request.Path)}. {OpenApiDocument.Path} lists what there is.");
        return endpoint.DisplayName == WrongMethod ? RefuseMethodAsync(context, endpoint) : next(context);
    }

    private static async Task RefuseMethodAsync(HttpContext context, Endpoint endpoint)
    {
        await endpoint.RequestDelegate!(context); // says in 'Allow' what there is
        await Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed,
            $"{ShownText.Of(context.Request.Path)} does not take {ShownText.Of(context.Request.Method)}, only {context.Response.Headers.Allow}.");
    }
}
