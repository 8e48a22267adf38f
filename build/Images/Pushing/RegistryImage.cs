using System.Text.Json;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.Packaging;
using Slipway.Registry;

namespace Slipway.Build.Images.Pushing;

/// <summary>An image in a container registry.</summary>
/// <param name="Manifest">The manifest that the tag refers to.</param>
/// <param name="Configuration">The digest of its configuration, which most engines use as its id.</param>
/// <param name="Content">Its label <see cref="ImagePackaging.ContentLabel"/>; null if it has none.</param>
public sealed record RegistryImage(RawOciManifest Manifest, string Configuration, string? Content)
{
    public string Digest => Manifest.Digest;

    /// <summary>Whether it is the same image. Engines that store images like registries do use the digest of the manifest as its id.</summary>
    public bool Is(string id) => id == Configuration || id == Digest;

    /// <returns>Null if the repository does not have the tag.</returns>
    public static async Task<RegistryImage?> FindAsync(RegistryClient registry, string tag, CancellationToken cancellation)
    {
        if (await registry.FindManifestAsync(tag, cancellation) is not { } found)
            return null;

        var here = new Platform("linux", ImagePlatform.OfTag(tag).Architecture);
        var place = $"{registry.Repository}:{tag}";
        var manifest = found.Read(place);
        if (manifest.Manifests?.FirstOrDefault(one => one.Platform == here) is { } ours)
            manifest = (await registry.FindManifestAsync(ours.Digest, cancellation))?.Read(place) ?? manifest;
        if (manifest.Config is not { } configuration)
            throw new SlipwayException($"{place} is not an image for {here.Os}/{here.Architecture}: somebody pushed something else under the tag. Use another container registry, or raise the version in Directory.Build.props.");
        return new(found, configuration.Digest, await ContentAsync(registry, configuration, place, cancellation));
    }

    private static async Task<string?> ContentAsync(RegistryClient registry, Descriptor configuration, string place, CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize(await registry.ReadBlobAsync(configuration.Digest, cancellation), RegistryContentJson.Default.ImageConfiguration)?
                .Config?.Labels?.GetValueOrDefault(ImagePackaging.ContentLabel);
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"The configuration of {place} cannot be read: {e.Message}", e);
        }
    }
}
