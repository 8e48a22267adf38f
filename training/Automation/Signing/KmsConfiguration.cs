using Amazon.KeyManagementService;
using Amazon.Runtime;

namespace Slipway.Automation.Signing;

/// <summary>How KMS is called: within bounds, and again when it says that it was asked too often.</summary>
public static class KmsConfiguration
{
    public static AmazonKeyManagementServiceConfig Make() =>
        new() { Timeout = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromSeconds(5), RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 4 };
}
