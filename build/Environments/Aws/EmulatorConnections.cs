using Amazon.Runtime;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>How the SDK reaches an emulator of this machine: straight, where it would take the proxy of AWS.</summary>
internal sealed class EmulatorConnections : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(DirectHttpClient.Handler()) { Timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(100) };
}
