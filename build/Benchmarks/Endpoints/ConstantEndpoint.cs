namespace Slipway.Benchmarks.Endpoints;

/// <summary>
/// The floor: Kestrel alone, which reads a request to its end and answers the bytes that a server once gave. Nothing on Kestrel that looks at what
/// it is asked can be faster.
/// </summary>
public static class ConstantEndpoint
{
    /// <param name="answers">One file for each last part of a path.</param>
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
