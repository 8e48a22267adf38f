namespace Slipway.Registry.Storage.S3;

/// <summary>Converts S3's responses about an object to the terms of the store.</summary>
internal static class S3Version
{
    // S3's version of an object that was written before its bucket had versioning
    private const string Unversioned = "null";

    public static string Of(string? versionId) => string.IsNullOrEmpty(versionId) ? Unversioned : versionId;

    /// <summary>The version that a write created. Lineage depends on it, so a bucket without versioning is rejected at the first write.</summary>
    public static string Made(S3Call call, string? versionId) => string.IsNullOrEmpty(versionId) || versionId == Unversioned
        ? throw new SlipwayException(
            $"'{call.Key}' was written, but the bucket '{call.Bucket}' keeps no versions, which lineage needs. Enable versioning: "
            + $"aws s3api put-bucket-versioning --bucket {call.Bucket} --versioning-configuration Status=Enabled")
        : versionId;

    public static DateTimeOffset Time(DateTime? time) => time is { } known ? new(known.ToUniversalTime()) : default;
}
