using System.IO.Compression;
using System.Security.Cryptography;

namespace Slipway.Gateway.Page.Assets;

/// <summary>Stylesheet and script, from this assembly. Their names contain their hashes, so that a browser may keep them for good.</summary>
public static class PageAssets
{
    public static PageAsset Style { get; } = Read("page.css", "text/css; charset=utf-8");
    public static PageAsset Script { get; } = Read("page.js", "text/javascript; charset=utf-8");

    public static IReadOnlyList<PageAsset> All { get; } = [Style, Script];

    private static PageAsset Read(string name, string type)
    {
        using var resource = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return new($"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", type, bytes, packed.ToArray());
    }
}

/// <param name="Path">Where it is served.</param>
/// <param name="Packed">With gzip.</param>
public sealed record PageAsset(string Path, string ContentType, byte[] Bytes, byte[] Packed);
