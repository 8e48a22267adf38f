using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>Reads a response body, up to a limit.</summary>
public static class BoundedBody
{
    /// <exception cref="SlipwayException">It is longer.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int most, string what, CancellationToken cancellation)
    {
        var body = await ReadStartAsync(content, most + 1, cancellation);
        return body.Length <= most ? body : throw new SlipwayException($"{what} is larger than {most} bytes, which is not plausible.");
    }

    /// <summary>Truncates the body after so many bytes.</summary>
    public static async Task<byte[]> ReadStartAsync(HttpContent content, int most, CancellationToken cancellation)
    {
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var buffer = new byte[Math.Min(most, 64 * 1024)];
        int read;
        while (kept.Length < most && (read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - kept.Length)), cancellation)) > 0)
            kept.Write(buffer, 0, read);
        return kept.ToArray();
    }
}
