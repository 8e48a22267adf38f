using Slipway.Inference.Requests;

namespace Slipway.Inference.OpenApi;

/// <summary>
/// The description of this API. It is written by hand: the handlers read bodies themselves, so nothing can be derived from their signatures.
/// </summary>
public static class OpenApiDocument
{
    public const string Path = "/openapi/v1.json";

    private static readonly byte[] Document = Read();

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = ContentTypes.Json;
        context.Response.ContentLength = Document.Length;
        return context.Response.Body.WriteAsync(Document).AsTask();
    }

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The embedded OpenAPI document openapi.json is missing.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
