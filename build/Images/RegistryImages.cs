using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>The images that were pushed for a commit, found by its tag and from then on known by their digests.</summary>
public sealed class RegistryImages(AwsEnvironmentRecord environment, IAmazonECR ecr)
{
    /// <exception cref="SlipwayException">The tree has changes that no image can hold, or nobody has pushed the images of its commit.</exception>
    public async Task<ImageSet> FindAsync(SourceReference source, CancellationToken cancellation)
    {
        if (source.Dirty || source.Commit == GitTool.Unknown.Commit)
            throw new SlipwayException(
                $"Images in '{environment.Name}' are found by their commit, but {(source.Dirty ? "there are uncommitted changes" : "this is no git checkout")}. Commit, push, and let the images be built from that.");
        return new(
            await FindAsync(environment.Images.Model, source.Commit, cancellation), await FindAsync(environment.Images.Gateway, source.Commit, cancellation), source);
    }

    private async Task<ImageReference> FindAsync(string repository, string tag, CancellationToken cancellation)
    {
        var name = repository[(repository.IndexOf('/') + 1)..];
        try
        {
            var found = await AwsErrors.GuardAsync("ecr:DescribeImages", $"look for the image '{name}:{tag}'", () => ecr.DescribeImagesAsync(
                new() { RepositoryName = name, ImageIds = [new() { ImageTag = tag }] }, cancellation));
            return new(repository, found.ImageDetails[0].ImageDigest);
        }
        catch (SlipwayException e) when (e.InnerException is ImageNotFoundException)
        {
            throw new SlipwayException($"The repository '{name}' holds no image with the tag '{tag}', the commit of this tree. Build and push the images of that commit first; docs/operations.md says how.", e);
        }
    }
}
