using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Lists a bucket page by page, a thousand objects or folders each, in the order of S3.</summary>
internal sealed class S3Listing(IAmazonS3 client, string bucket)
{
    /// <summary>What is no key of ours, such as the folders that S3's console makes, is passed over.</summary>
    /// <param name="after">The bucket begins after this key; null for the first.</param>
    public async IAsyncEnumerable<ObjectInfo> ReadAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in PagesAsync(new() { Prefix = prefix, StartAfter = after }, cancellation))
            foreach (var found in page.S3Objects ?? [])
                if (Decoded(page, found.Key) is var key && ObjectKey.IsValid(key))
                    yield return new(key, found.ETag, found.Size ?? 0, Version: "", S3Version.Time(found.LastModified));
    }

    /// <summary>With their slashes; the bucket puts all that one holds into one line.</summary>
    public async IAsyncEnumerable<string> ReadFoldersAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in PagesAsync(new() { Prefix = folder, Delimiter = "/" }, cancellation))
            foreach (var found in page.CommonPrefixes ?? [])
                if (Decoded(page, found) is var name && ObjectKey.IsValid(name.TrimEnd('/')))
                    yield return name;
    }

    private async IAsyncEnumerable<ListObjectsV2Response> PagesAsync(ListObjectsV2Request request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = new S3Call(bucket, "s3:ListBucket", request.Prefix);
        request.BucketName = bucket;
        request.Encoding = EncodingType.Url; // because XML has no place for some characters that others may have in their keys
        ListObjectsV2Response page;
        do
        {
            page = await call.GuardAsync(() => client.ListObjectsV2Async(request, cancellation), cancellation);
            yield return page;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    // as in a form: S3 makes a space a plus
    private static string Decoded(ListObjectsV2Response page, string key) => page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;
}
