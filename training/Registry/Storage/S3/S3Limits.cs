namespace Slipway.Registry.Storage.S3;

/// <summary>Sizes at which uploads and copies are split into parts. S3 accepts at most 10,000 parts of 5 MiB to 5 GiB each, except for the last.</summary>
/// <param name="Part">Size of the first parts of an upload, in bytes: this much of the content is in memory at a time.</param>
/// <param name="CopyWhole">Up to this size, the bucket copies in one request; S3's own limit is 5 GiB, which takes longer than a request should.</param>
/// <param name="CopyPart">The minimum size of a part that the bucket copies.</param>
internal sealed record S3Limits(int Part, long CopyWhole, long CopyPart)
{
    public const int MaxParts = 10_000;

    private const int MiB = 1024 * 1024;

    public static S3Limits Standard { get; } = new(Part: 8 * MiB, CopyWhole: 512L * MiB, CopyPart: 256L * MiB);

    /// <summary>
    /// The size of a part of content of unknown length, counted from 1. It grows, so that common sizes need little memory and
    /// 10,000 parts can still hold 5 TB: 8 GiB in the first thousand, 40 GiB in two, 290 GiB in four, 6 TiB in all.
    /// </summary>
    public int PartSize(int number) => number switch
    {
        <= 1000 => Part,
        <= 2000 => Part * 4,
        <= 4000 => Part * 16,
        _ => Part * 128,
    };

    /// <summary>The size of the parts in which content of that length is copied.</summary>
    public long CopyPartSize(long length) => Math.Max(CopyPart, ((length / MaxParts / MiB) + 1) * MiB);
}
