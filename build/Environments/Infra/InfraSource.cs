using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Environments.Infra;

/// <summary>The configuration files of an environment.</summary>
/// <param name="Module">The folder of the root module.</param>
/// <param name="Backend">The backend settings that the root module leaves open: a file, or <c>key=value</c>.</param>
/// <param name="Values">The file with the environment's values; null if the root module needs none.</param>
public sealed record InfraSource(string Module, string Backend, string? Values)
{
    /// <summary>Environments share a root module. The emulated one has another, and its state is stored on this machine, because the emulator starts empty.</summary>
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
                : throw new UsageException($"The environment '{environment}' has no file {paths.InRepository(file)}. Copy that of another environment, and change the values.");
        }

        return new(paths.Infra, Own("backend.hcl"), Own("tfvars"));
    }
}
