using Amazon.Runtime;
using Amazon.SageMaker;

namespace Slipway.Automation.SageMaker;

/// <summary>How SageMaker is called: with time limits, and with retries when it throttles.</summary>
public static class SageMakerConfiguration
{
    public static AmazonSageMakerConfig Make() =>
        new() { Timeout = TimeSpan.FromSeconds(20), ConnectTimeout = TimeSpan.FromSeconds(5), RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 4 };
}
