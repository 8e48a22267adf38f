using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>Small JSON responses outside the hot path.</summary>
public static class JsonResponse
{
    // quotes in messages stay readable; nothing here is put into HTML
    public static JsonWriterOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ResponseBuffer(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = ContentTypes.Json;
        context.Response.ContentLength = buffer.Length;
        return context.Response.Body.WriteAsync(buffer.WrittenMemory).AsTask();
    }
}
