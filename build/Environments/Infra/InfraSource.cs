using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Environments.Infra;

/// <summary>What Terraform builds an environment from.</summary>
/// <param name="Module">The folder of the root module.</param>
/// <param name="Backend">Where the state is kept, as far as the root module leaves it open: a file, or <c>key=value</c>.</param>
/// <param name="Values">The file with the environment's values; null where the root module needs none.</param>
public sealed record InfraSource(string Module, string Backend, string? Values)
{
    /// <summary>Environments share a root module. An emulator's is another one, and its state stays on this machine, because it ends with the emulator.</summary>
    /// <param name="folder">The local folder of the environment.</param>
    /// <exception cref="UsageException">A file of the environment is missing.</exception>
    public static InfraSource Of(string environment, AwsSettings settings, Paths paths, string folder)
    {
        if (settings.Endpoint is not null)
            return new(paths.EmulatedInfra, $"path={Path.Combine(Path.GetFullPath(folder), "terraform.tfstate")}", Values: null);
        string Own(string kind)
        {
            var file = Path.Combine(paths.Infra, $"{environment}.{kind}");
            return File.Exists(file)
                ? file
                : throw new UsageException($"The environment '{environment}' has no file {paths.InRepository(file)}. Copy the one of another environment, and change what differs.");
        }

        return new(paths.Infra, Own("backend.hcl"), Own("tfvars"));
    }
}
