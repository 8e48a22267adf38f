using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Registry.Storage.S3;

/// <summary>Lists a bucket page by page, with a thousand objects or folders each, in the order of S3.</summary>
internal sealed class S3Listing(IAmazonS3 client, string bucket)
{
    /// <summary>Names that are not valid keys, such as the folders that S3's console creates, are skipped.</summary>
    /// <param name="after">The listing starts after this key; null for the beginning.</param>
    public async IAsyncEnumerable<ObjectInfo> ReadAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in PagesAsync(new() { Prefix = prefix, StartAfter = after }, cancellation))
            foreach (var found in page.S3Objects ?? [])
                if (Decoded(page, found.Key) is var key && ObjectKey.IsValid(key))
                    yield return new(key, found.ETag, found.Size ?? 0, Version: "", S3Version.Time(found.LastModified));
    }

    /// <summary>With their slashes; the bucket condenses the content of each into one line.</summary>
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
        request.Encoding = EncodingType.Url; // because XML cannot represent some characters that other people's keys may contain
        ListObjectsV2Response page;
        do
        {
            page = await call.GuardAsync(() => client.ListObjectsV2Async(request, cancellation), cancellation);
            yield return page;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    // form encoding: S3 encodes a space as a plus
    private static string Decoded(ListObjectsV2Response page, string key) => page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;
}
