namespace Slipway.Registry.Storage;

/// <summary>Reads whole objects, up to a limit.</summary>
public static class StoredBytes
{
    /// <exception cref="UnreadableObjectException">It is longer than the limit.</exception>
    public static async Task<byte[]> ReadAsync(StoredObject found, int most, CancellationToken cancellation)
    {
        if (found.Info.Length > most)
            throw new UnreadableObjectException($"'{found.Info.Key}' in the store has {found.Info.Length:N0} bytes; the limit is {most:N0}.");
        using var bytes = new MemoryStream((int)found.Info.Length);
        await found.Content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
