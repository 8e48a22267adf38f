using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Finds the build's credentials for a container registry.</summary>
public interface IRegistryCredentialSource
{
    /// <returns>Null if there are none: then requests are sent without.</returns>
    /// <exception cref="Slipway.Registry.SlipwayException">There should be credentials, but they cannot be read.</exception>
    Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation);
}
