using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Slipway.Registry.Storage.S3;

namespace Slipway.Registry.Storage;

/// <summary>Opens the store at an address.</summary>
public static partial class ObjectStores
{
    public const string Rule = "a folder, or a bucket as s3://<bucket>";

    private const string Scheme = "s3://";

    /// <summary>Opens a store without accessing it yet.</summary>
    /// <param name="store"><c>s3://&lt;bucket&gt;</c>, with credentials, region and endpoint from the AWS SDK's default sources; anything else is a folder.</param>
    /// <exception cref="SlipwayException">The address is neither.</exception>
    public static IObjectStore Open(string store, TimeProvider time)
    {
        if (Problem(store) is { } problem)
            throw new SlipwayException($"The store {problem}");
        return IsBucket(store) ? OpenBucket(store[Scheme.Length..], time) : new DirectoryObjectStore(store, time);
    }

    /// <summary>What is wrong with an address, to follow the word "Store"; null if it is valid.</summary>
    public static string? Problem(string store) => store switch
    {
        "" => $"is not set: give {Rule}.",
        _ when IsBucket(store) => store[Scheme.Length..] switch
        {
            "" => $"is '{store}', which has no bucket name: use a form like s3://my-bucket.",
            var bucket when bucket.Contains('/') => $"is '{store}': it must be a whole bucket, without a folder or a slash, such as s3://{bucket.Split('/')[0]}.",
            var bucket when !BucketName().IsMatch(bucket) =>
                $"is '{store}': a bucket name must have 3 to 63 lower-case letters, digits, dots and hyphens, and must begin and end with a letter or digit.",
            _ => null,
        },
        _ when OtherScheme().IsMatch(store) => $"is '{store}', which is neither a folder nor a bucket: give {Rule}.",
        _ => null,
    };

    public static bool IsBucket(string store) => store.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static S3ObjectStore OpenBucket(string bucket, TimeProvider time)
    {
        try
        {
            return new(new AmazonS3Client(S3Client.Configure()), bucket, time);
        }
        catch (AmazonClientException e)
        {
            throw S3Errors.DescribeOpening(bucket, e);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName();

    // two letters at least: C:\store is a folder
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex OtherScheme();
}
