using System.Globalization;

namespace Slipway.Registry.Artifacts;

/// <summary>How much an archive may unpack to, whatever its compressed size.</summary>
/// <param name="Entries">Headers of any kind in the archive.</param>
/// <param name="BytesPerFile">Of one file, unpacked.</param>
/// <param name="Bytes">Of everything, unpacked, headers and padding included.</param>
public sealed record ArtifactLimits(
    int Entries = 64, long BytesPerFile = ArtifactLimits.DefaultBytes, long Bytes = ArtifactLimits.DefaultBytes)
{
    /// <summary>Far above a tabular model, and still unpacked within seconds.</summary>
    public const long DefaultBytes = 256L << 20;

    public const long MaxBytes = 16L << 30;

    /// <summary>Sets <see cref="Bytes"/> for everything that unpacks archives: servers, functions and the build.</summary>
    public const string Variable = "SLIPWAY_MaxModelBytes";

    internal const string Remedy = $"{Variable} sets the limit.";

    /// <exception cref="SlipwayException">The variable is not a valid number.</exception>
    public static ArtifactLimits Default => Of(Environment.GetEnvironmentVariable(Variable));

    public static ArtifactLimits OfBytes(long bytes) => new(BytesPerFile: bytes, Bytes: bytes);

    /// <param name="setting">A number of bytes; null or empty for the default.</param>
    /// <exception cref="SlipwayException">It is not a valid number.</exception>
    public static ArtifactLimits Of(string? setting) => setting switch
    {
        null or "" => new(),
        _ when long.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is > 0 and <= MaxBytes => OfBytes(bytes),
        _ => throw new SlipwayException($"{Variable} is '{setting}': it must be a number of bytes between 1 and {MaxBytes}."),
    };
}
