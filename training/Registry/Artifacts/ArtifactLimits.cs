namespace Slipway.Registry;

/// <summary>How much an archive may unpack to, whatever its compressed size.</summary>
/// <param name="Entries">Headers of any kind in the archive.</param>
/// <param name="BytesPerFile">Of one file, unpacked.</param>
/// <param name="Bytes">Of everything, unpacked, headers and padding included.</param>
public sealed record ArtifactLimits(int Entries = 64, long BytesPerFile = 2L << 30, long Bytes = 2L << 30)
{
    public static ArtifactLimits Default { get; } = new();
}
