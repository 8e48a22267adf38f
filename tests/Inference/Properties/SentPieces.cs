using System.Net;

namespace Slipway.Inference.Tests.Properties;

/// <summary>A body that arrives in pieces, each in a chunk of its own.</summary>
internal sealed class SentPieces(byte[] body, IReadOnlyList<int> lengths) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var at = 0;
        foreach (var length in lengths)
        {
            var end = Math.Min(body.Length, at + length);
            await stream.WriteAsync(body.AsMemory(at, end - at));
            await stream.FlushAsync();
            at = end;
        }

        await stream.WriteAsync(body.AsMemory(at));
    }

    // the length is not announced, which makes it chunked
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
