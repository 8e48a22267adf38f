using Amazon.Runtime;

namespace Slipway.Automation.Aws;

/// <summary>Limits calls of AWS in time, and retries throttled ones.</summary>
public static class AwsBounds
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="timeout">The timeout of one attempt.</param>
    public static T Bounded<T>(this T config, TimeSpan timeout) where T : ClientConfig
    {
        (config.Timeout, config.ConnectTimeout, config.RetryMode, config.MaxErrorRetry) = (timeout, ConnectTimeout, RequestRetryMode.Standard, 4);
        return config;
    }
}
