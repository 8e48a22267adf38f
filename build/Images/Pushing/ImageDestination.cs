using Slipway.Automation;

namespace Slipway.Build;

/// <summary>The repositories that a release is pushed to, one for each image.</summary>
/// <param name="Argument">How a command names it: <c> --environment=staging</c>.</param>
public sealed record ImageDestination(RegistryRepository Model, RegistryRepository Gateway, string Argument)
{
    public RegistryRepository this[string image] => image == ImageName.Model ? Model : Gateway;

    /// <summary>A registry that belongs to no environment.</summary>
    public static ImageDestination In(RegistryHost host) =>
        new(new(host, $"slipway/{ImageName.Model}"), new(host, $"slipway/{ImageName.Gateway}"), $" --{Arguments.Registry.Name}={host}");

    /// <summary>The repositories of an environment, in another registry where one is named.</summary>
    public static ImageDestination Of(string environment, AwsImages images, RegistryHost? instead)
    {
        var (model, gateway) = (RegistryRepository.Parse(images.Model), RegistryRepository.Parse(images.Gateway));
        var argument = $" --{Arguments.Environment.Name}={environment}";
        return instead is null
            ? new(model, gateway, argument)
            : new(model with { Host = instead }, gateway with { Host = instead }, $"{argument} --{Arguments.Registry.Name}={instead}");
    }
}
