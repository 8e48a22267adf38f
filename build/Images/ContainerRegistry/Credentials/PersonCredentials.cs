using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Who the person at this machine is to a registry: as environment variables say, else as the docker client has it.</summary>
/// <param name="variable">The value of an environment variable.</param>
public sealed class PersonCredentials(Func<string, string?> variable, DockerClientConfiguration docker) : IRegistryCredentialSource
{
    public static PersonCredentials OfThisMachine(TimeProvider time) => new(EnvironmentVariables.Value, DockerClientConfiguration.OfThisMachine(time));

    public async Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) =>
        (variable(EnvironmentVariables.RegistryUser), variable(EnvironmentVariables.RegistryPassword)) switch
        {
            ({ } user, { } password) => new(user, password, $"{EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}"),
            (null, null) => await docker.FindCredentialsAsync(host, cancellation),
            _ => throw new UsageException($"Of {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword} only one is set. Set both, or none to take the login of the docker client."),
        };
}
