using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>A repository of a container registry: where the images of one name are.</summary>
public sealed record RegistryRepository(RegistryHost Host, string Name)
{
    /// <param name="uri">Without tag: <c>127.0.0.1:5000/slipway/model</c>.</param>
    public static RegistryRepository Parse(string uri) => new(new(uri[..uri.IndexOf('/')]), uri[(uri.IndexOf('/') + 1)..]);

    public override string ToString() => $"{Host}/{Name}";
}
