namespace Slipway.Benchmarks.Endpoints;

/// <summary>
/// The lower bound: Kestrel alone, which reads the whole request and responds with bytes that a server once returned. No server on Kestrel that
/// inspects its requests can be faster.
/// </summary>
public static class ConstantEndpoint
{
    /// <param name="answers">A folder with one file for each last segment of a path.</param>
    public static WebApplication Build(string url, string answers)
    {
        var known = Directory.EnumerateFiles(answers).ToDictionary(path => $"/{Path.GetFileName(path)}", File.ReadAllBytes);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            if (!known.TryGetValue(path[path.LastIndexOf('/')..], out var answer))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        });
        return app;
    }
}
