using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Automation.Aws;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Images;

/// <summary>The images that were pushed for a release, found by its tag and from then on identified by their digests.</summary>
public sealed class RegistryImages(AwsEnvironmentRecord environment, IAmazonECR ecr)
{
    /// <returns>Both images with their attachments; null unless both have been pushed.</returns>
    public async Task<IReadOnlyList<StoredImage>?> FindAsync(ImageTag tag, CancellationToken cancellation)
    {
        var found = new List<StoredImage>();
        foreach (var name in ImageName.All)
            if (await FindAsync(name, ImageDestination.Of(environment.Images, instead: null)[name], tag.ToString(), cancellation) is { } image)
                found.Add(image);
        return found.Count == ImageName.All.Count ? found : null;
    }

    private async Task<StoredImage?> FindAsync(string name, RegistryRepository repository, string tag, CancellationToken cancellation) =>
        await DigestAsync(repository.Name, tag, cancellation) is { } digest
            ? new(
                name, repository.ToString(), digest,
                await DigestAsync(repository.Name, Attachment.TagOf(tag, Attachment.Sbom), cancellation),
                await DigestAsync(repository.Name, Attachment.TagOf(tag, Attachment.Provenance), cancellation))
            : null;

    private async Task<string?> DigestAsync(string repository, string tag, CancellationToken cancellation)
    {
        try
        {
            var found = await AwsErrors.GuardAsync("ecr:DescribeImages", $"look for the image '{repository}:{tag}'", () => ecr.DescribeImagesAsync(
                new() { RepositoryName = repository, ImageIds = [new() { ImageTag = tag }] }, cancellation));
            return found.ImageDetails[0].ImageDigest;
        }
        catch (SlipwayException e) when (e.InnerException is ImageNotFoundException)
        {
            return null;
        }
    }
}
