using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The build's credentials for container registries, and the Docker client configuration that contains them.</summary>
/// <param name="docker">The user's own configuration.</param>
public sealed class RegistryLogin(IRegistryCredentialSource credentials, DockerClientConfiguration docker)
{
    /// <inheritdoc cref="IRegistryCredentialSource.FindAsync"/>
    public Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) => credentials.FindAsync(host, cancellation);

    /// <returns>Null if the user's own configuration is sufficient.</returns>
    public PrivateDockerConfiguration? Configure(RegistryHost host, RegistryCredentials? who) =>
        who is null ? null : PrivateDockerConfiguration.Create(docker, host, who);
}
