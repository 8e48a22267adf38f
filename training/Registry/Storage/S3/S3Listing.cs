using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry;

/// <summary>Lists a bucket page by page, a thousand objects each.</summary>
internal sealed class S3Listing(IAmazonS3 client, string bucket)
{
    /// <summary>In the order of S3. What is no key of ours, such as the folders that S3's console makes, is passed over.</summary>
    public async IAsyncEnumerable<ObjectInfo> ReadAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = new S3Call(bucket, "s3:ListBucket", prefix);
        // encoded, because XML has no place for some characters that others may have in their keys
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Encoding = EncodingType.Url };
        ListObjectsV2Response page;
        do
        {
            page = await call.GuardAsync(() => client.ListObjectsV2Async(request, cancellation), cancellation);
            foreach (var found in page.S3Objects ?? [])
                if (Decoded(page, found.Key) is var key && ObjectKey.IsValid(key))
                    yield return new(key, found.ETag, found.Size ?? 0, Version: "", S3Version.Time(found.LastModified));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    // as in a form: S3 makes a space a plus
    private static string Decoded(ListObjectsV2Response page, string key) => page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;
}
