using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Primitives;
using Slipway.Inference.Options;

namespace Slipway.Inference.Requests;

/// <summary>Reads request bodies: within limits of size, time and memory, and decompressed if they are compressed.</summary>
public sealed class RequestBodies(BodyBudget budget, InferenceOptions options, TimeProvider time)
{
    private const string Encodings = "gzip, deflate, br";
    private const int Piece = 16 * 1024;

    /// <exception cref="RequestException">413: it is larger than <paramref name="most"/>; 415: its encoding is not supported; 503: there is no room at the moment.</exception>
    public ValueTask<RequestBody> ReadAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            throw TooLarge(most);

        var encoding = request.Headers.ContentEncoding;
        return encoding.Count == 0 ? ReadPlainAsync(request, most) : UnpackAsync(request, encoding, most);
    }

    private async ValueTask<RequestBody> ReadPlainAsync(HttpRequest request, int most)
    {
        // the web server, which requires a minimum data rate, ends a body that never starts
        var reader = request.BodyReader;
        var read = await ReadPieceAsync(request, CancellationToken.None);
        if (read.IsCompleted && read.Buffer.IsSingleSegment)
            return read.Buffer.Length > most ? throw TooLarge(reader, read, most) : RequestBody.InPlace(read, reader);

        reader.AdvanceTo(read.Buffer.Start); // examined, and left for the loop
        return RequestBody.Of(await CollectAsync(request, most));
    }

    private async ValueTask<RentedBytes> CollectAsync(HttpRequest request, int most)
    {
        using var deadline = new CancellationTokenSource(options.BodyTimeout, time);
        var reader = request.BodyReader;
        var rented = new RentedBytes(budget, (int)(request.ContentLength ?? 0));
        try
        {
            while (true)
            {
                var read = await ReadPieceAsync(request, deadline.Token);
                if (rented.Length + read.Buffer.Length > most)
                    throw TooLarge(reader, read, most);
                try
                {
                    rented.Append(read.Buffer);
                }
                finally
                {
                    reader.AdvanceTo(read.Buffer.End);
                }

                if (read.IsCompleted)
                    return rented;
            }
        }
        catch (Exception e)
        {
            rented.Dispose();
            if (e is OperationCanceledException && deadline.IsCancellationRequested)
                throw new RequestException(StatusCodes.Status408RequestTimeout, $"The body did not arrive within {options.BodyTimeout:c}.");
            throw;
        }
    }

    // the web server reports most framing errors of a body in its own way, but some chunk sizes like this
    private static async ValueTask<ReadResult> ReadPieceAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellation);
        }
        catch (IOException e) when (e is not (BadHttpRequestException or ConnectionResetException) && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw RequestException.Bad($"The body cannot be read: {e.Message}");
        }
    }

    private async ValueTask<RequestBody> UnpackAsync(HttpRequest request, StringValues encoding, int most)
    {
        if (string.Equals(encoding.ToString(), "identity", StringComparison.OrdinalIgnoreCase))
            return await ReadPlainAsync(request, most);

        var open = Unpacker(request.HttpContext.Response, encoding);
        using var packed = await CollectAsync(request, most);
        using var source = packed.Open();
        await using var unpacked = open(source);
        var rented = new RentedBytes(budget, packed.Length);
        try
        {
            // all of it is in memory: nothing blocks
            // one byte beyond the limit shows that there is more
            while (rented.Room(Math.Min(Piece, most + 1 - rented.Length)) is var room && unpacked.Read(room.Span) is > 0 and var read)
            {
                rented.Advance(Math.Min(read, most + 1 - rented.Length));
                if (rented.Length > most)
                    throw TooLarge(most);
            }

            return RequestBody.Of(rented);
        }
        catch (Exception e)
        {
            rented.Dispose();
            // InvalidOperationException: what Brotli reports invalid data with
            throw e is InvalidDataException or IOException or InvalidOperationException ? RequestException.Bad($"The body is not compressed with {ShownText.Of(encoding.ToString())}, although its Content-Encoding says so: {e.Message}") : e;
        }
    }

    private static Func<Stream, Stream> Unpacker(HttpResponse response, StringValues encoding)
    {
        switch (encoding.ToString().Trim().ToLowerInvariant())
        {
            case "gzip" or "x-gzip":
                return packed => new GZipStream(packed, CompressionMode.Decompress);
            case "deflate":
                return packed => new ZLibStream(packed, CompressionMode.Decompress);
            case "br":
                return packed => new BrotliStream(packed, CompressionMode.Decompress);
            default:
                response.Headers.AcceptEncoding = Encodings;
                throw new RequestException(
                    StatusCodes.Status415UnsupportedMediaType, $"The content encoding is '{ShownText.Of(encoding.ToString())}'; expected one of {Encodings}, or none.");
        }
    }

    // the web server keeps reading for a few seconds after the response, so that the client gets to see it: that needs a reader without an open read
    private static RequestException TooLarge(PipeReader reader, ReadResult read, int most)
    {
        reader.AdvanceTo(read.Buffer.End);
        return TooLarge(most);
    }

    private static RequestException TooLarge(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {most} bytes. Send fewer rows per request.");
}
