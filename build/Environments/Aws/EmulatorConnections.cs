using Amazon.Runtime;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>Connects the SDK to an emulator on this machine directly, bypassing any proxy for AWS.</summary>
internal sealed class EmulatorConnections : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(DirectHttpClient.Handler()) { Timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(100) };
}
