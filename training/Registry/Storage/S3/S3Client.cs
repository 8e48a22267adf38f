using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Registry.Storage.S3;

/// <summary>The client of a bucket. Credentials, region and endpoint come from where the SDK looks for them; nothing of them is ours.</summary>
internal static class S3Client
{
    /// <summary>How long one try may wait for its answer to begin, the sending of a part included.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static AmazonS3Config Configure()
    {
        var config = new AmazonS3Config { Timeout = AnswerTimeout, ConnectTimeout = ConnectTimeout, RetryMode = RequestRetryMode.Standard };
        var region = config.RegionEndpoint?.SystemName; // first: the SDK that is asked for the region afterwards forgets the endpoint

        // an endpoint of somebody's own, such as an emulator, has no host name for each bucket
        if (config.ServiceURL is { Length: > 0 } endpoint)
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (endpoint, region, true);
        return config;
    }
}
