using Yarp.ReverseProxy.Configuration;

namespace Slipway.Gateway.Replicas;

/// <summary>Says when the proxy has taken up a configuration: its update call returns before that.</summary>
public sealed class ConfigurationSignal : IConfigChangeListener
{
    private TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Call it before the update; the task ends when the next configuration has been applied or refused.</summary>
    public Task Next() => (_applied = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs) => _applied.TrySetResult();

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs) { }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => _applied.TrySetException(exception);

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => _applied.TrySetException(exception);
}
