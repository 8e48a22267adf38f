using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Slipway.Registry.Storage.S3;

namespace Slipway.Registry.Storage;

/// <summary>Opens the store that an address names.</summary>
public static partial class ObjectStores
{
    public const string Rule = "a folder, or a bucket as s3://<bucket>";

    private const string Scheme = "s3://";

    /// <summary>Opens without asking the store anything yet.</summary>
    /// <param name="store"><c>s3://&lt;bucket&gt;</c>, with credentials, region and endpoint from where the AWS SDK looks for them; anything else is a folder.</param>
    /// <exception cref="SlipwayException">The address is neither.</exception>
    public static IObjectStore Open(string store, TimeProvider time)
    {
        if (Problem(store) is { } problem)
            throw new SlipwayException($"The store {problem}");
        return IsBucket(store) ? OpenBucket(store[Scheme.Length..], time) : new DirectoryObjectStore(store, time);
    }

    /// <summary>What is wrong with an address, to be read after the word "Store"; null when it can be opened.</summary>
    public static string? Problem(string store) => store switch
    {
        "" => $"is not set: give {Rule}.",
        _ when IsBucket(store) => store[Scheme.Length..] switch
        {
            "" => $"is '{store}', which names no bucket: it looks like s3://my-bucket.",
            var bucket when bucket.Contains('/') => $"is '{store}': it is a bucket as a whole, without a folder in it or a slash, such as s3://{bucket.Split('/')[0]}.",
            var bucket when !BucketName().IsMatch(bucket) =>
                $"is '{store}': the name of a bucket has 3 to 63 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or digit.",
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
