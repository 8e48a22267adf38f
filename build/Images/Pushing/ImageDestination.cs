using Slipway.Automation.Aws;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry;

namespace Slipway.Build.Images.Pushing;

/// <summary>The repositories that a release is pushed to, one per image.</summary>
public sealed record ImageDestination(RegistryRepository Model, RegistryRepository Gateway)
{
    public RegistryRepository this[string image] => image == ImageName.Model ? Model : Gateway;

    /// <summary>Why an environment cannot be the destination, unless a container registry is named; null if it can.</summary>
    public static string? Problem(string environment, IReadOnlyDictionary<string, AwsSettings> aws, string? registry) =>
        registry is not null ? null
        : !aws.TryGetValue(environment, out var settings) ? $"The environment '{environment}' has no container registry. Name one with {Arguments.Registry}, or an AWS environment with {Arguments.Environment}."
        : settings.Images == ImageSource.Folders ? $"The environment '{environment}' runs folders of build output, not images, so it has no container registry. Name one with {Arguments.Registry}, or another environment with {Arguments.Environment}."
        : null;

    /// <summary>A container registry that belongs to no environment.</summary>
    public static ImageDestination In(RegistryHost host) => new(new(host, $"slipway/{ImageName.Model}"), new(host, $"slipway/{ImageName.Gateway}"));

    /// <summary>The repositories of an environment, in another container registry if one is named.</summary>
    public static ImageDestination Of(AwsImages images, RegistryHost? instead) => new(In(images.Model, instead), In(images.Gateway, instead));

    private static RegistryRepository In(string uri, RegistryHost? instead)
    {
        var repository = RegistryRepository.Parse(uri);
        return instead is null ? repository : repository with { Host = instead };
    }
}
