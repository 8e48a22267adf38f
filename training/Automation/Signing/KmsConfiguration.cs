using Amazon.KeyManagementService;
using Amazon.Runtime;

namespace Slipway.Automation.Signing;

/// <summary>How KMS is called: with time limits, and with retries when it throttles.</summary>
public static class KmsConfiguration
{
    public static AmazonKeyManagementServiceConfig Make() =>
        new() { Timeout = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromSeconds(5), RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 4 };
}
