using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Knows who the build is to a registry.</summary>
public interface IRegistryCredentialSource
{
    /// <returns>Null when it knows nothing: then the registry is asked without.</returns>
    /// <exception cref="Slipway.Registry.SlipwayException">It should know, but can not say.</exception>
    Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation);
}
