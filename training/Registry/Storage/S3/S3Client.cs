using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Registry.Storage.S3;

/// <summary>The client of a bucket. Credentials, region and endpoint come from the SDK's default sources.</summary>
internal static class S3Client
{
    /// <summary>How long one attempt may wait for the start of its response, including the sending of a part.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static AmazonS3Config Configure()
    {
        var config = new AmazonS3Config { Timeout = AnswerTimeout, ConnectTimeout = ConnectTimeout, RetryMode = RequestRetryMode.Standard };
        var region = config.RegionEndpoint?.SystemName; // read first: reading the region later makes the SDK forget the endpoint

        // a custom endpoint, such as an emulator, has no host name per bucket
        if (config.ServiceURL is { Length: > 0 } endpoint)
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (endpoint, region, true);
        return config;
    }
}
