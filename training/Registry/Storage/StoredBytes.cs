namespace Slipway.Registry.Storage;

internal static class StoredBytes
{
    /// <exception cref="UnreadableObjectException">It is longer than what belongs there can be.</exception>
    public static async Task<byte[]> ReadAsync(StoredObject found, int most, CancellationToken cancellation)
    {
        if (found.Info.Length > most)
            throw new UnreadableObjectException($"'{found.Info.Key}' in the store has {found.Info.Length:N0} bytes; what belongs there has at most {most:N0}.");
        using var bytes = new MemoryStream((int)found.Info.Length);
        await found.Content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
