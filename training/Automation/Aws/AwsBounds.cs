using Amazon.Runtime;

namespace Slipway.Automation.Aws;

/// <summary>How AWS is called: within bounds, and again when it says that it was asked too often.</summary>
public static class AwsBounds
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="timeout">How long one try may last.</param>
    public static T Bounded<T>(this T config, TimeSpan timeout) where T : ClientConfig
    {
        (config.Timeout, config.ConnectTimeout, config.RetryMode, config.MaxErrorRetry) = (timeout, ConnectTimeout, RequestRetryMode.Standard, 4);
        return config;
    }
}
