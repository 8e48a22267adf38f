namespace Slipway.Registry.Storage.S3;

/// <summary>What S3 answers about an object, in the terms of the store.</summary>
internal static class S3Version
{
    // what S3 calls the version of an object that was written before its bucket kept versions
    private const string Unversioned = "null";

    public static string Of(string? versionId) => string.IsNullOrEmpty(versionId) ? Unversioned : versionId;

    /// <summary>The version that a write made. Lineage rests on it, so a bucket that keeps none is refused with the first write.</summary>
    public static string Made(S3Call call, string? versionId) => string.IsNullOrEmpty(versionId) || versionId == Unversioned
        ? throw new SlipwayException(
            $"'{call.Key}' was written, but the bucket '{call.Bucket}' keeps no versions, and lineage names them. Switch on its versioning: "
            + $"aws s3api put-bucket-versioning --bucket {call.Bucket} --versioning-configuration Status=Enabled")
        : versionId;

    public static DateTimeOffset Time(DateTime? time) => time is { } known ? new(known.ToUniversalTime()) : default;
}
