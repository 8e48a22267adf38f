using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The user's credentials for a container registry: from environment variables, or else from the Docker client.</summary>
/// <param name="variable">The value of an environment variable.</param>
public sealed class UserCredentials(Func<string, string?> variable, DockerClientConfiguration docker) : IRegistryCredentialSource
{
    public static UserCredentials OfThisMachine(TimeProvider time) => new(EnvironmentVariables.Value, DockerClientConfiguration.OfThisMachine(time));

    public async Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) =>
        (variable(EnvironmentVariables.RegistryUser), variable(EnvironmentVariables.RegistryPassword)) switch
        {
            ({ } user, { } password) => new(user, password, $"{EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}"),
            (null, null) => await docker.FindCredentialsAsync(host, cancellation),
            _ => throw new UsageException($"Only one of {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword} is set. Set both, or neither to use the Docker client's login."),
        };
}
