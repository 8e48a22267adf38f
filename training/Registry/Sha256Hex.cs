using System.Security.Cryptography;
using System.Text;

namespace Slipway.Registry;

/// <summary>SHA-256 as records, keys and messages show it: 64 hex digits in lower case.</summary>
public static class Sha256Hex
{
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <param name="text">Hashed as UTF-8.</param>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <param name="content">Read to its end.</param>
    public static async Task<string> OfAsync(Stream content, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));

    public static string OfFile(string path)
    {
        using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    public static async Task<string> OfFileAsync(string path, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(path);
        return await OfAsync(content, cancellation);
    }
}
