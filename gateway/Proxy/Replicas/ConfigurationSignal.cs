using Yarp.ReverseProxy.Configuration;

namespace Slipway.Gateway.Replicas;

/// <summary>Signals when the proxy has applied a configuration: its update call returns before that.</summary>
public sealed class ConfigurationSignal : IConfigChangeListener
{
    private TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Must be called before the update; the task completes when the next configuration has been applied or rejected.</summary>
    public Task Next() => (_applied = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs) => _applied.TrySetResult();

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs) { }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => _applied.TrySetException(exception);

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => _applied.TrySetException(exception);
}
