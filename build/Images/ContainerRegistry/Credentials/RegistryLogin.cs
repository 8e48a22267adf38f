using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Who the build is to registries, and how the docker client gets to know it.</summary>
/// <param name="docker">The person's own configuration.</param>
public sealed class RegistryLogin(IRegistryCredentialSource credentials, DockerClientConfiguration docker)
{
    /// <inheritdoc cref="IRegistryCredentialSource.FindAsync"/>
    public Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) => credentials.FindAsync(host, cancellation);

    /// <returns>Null where the person's own will do.</returns>
    public PrivateDockerConfiguration? Configure(RegistryHost host, RegistryCredentials? who) =>
        who is null ? null : PrivateDockerConfiguration.Create(docker, host, who);
}
