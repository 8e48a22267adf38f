using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images;
using Slipway.Build.Images.Pushing;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>The images of this tree, as a deployment to AWS needs them.</summary>
/// <param name="Publish">Packages, scans and pushes them to an environment, as the three targets do.</param>
/// <param name="Record">The digests that were pushed, by this or an earlier job of the workflow; null if unknown.</param>
/// <param name="Platform">The platform that they are built for.</param>
public sealed record TreeImages(Func<AwsEnvironment, CancellationToken, Task> Publish, Func<ReleaseRecord?> Record, ImagePlatform Platform);

/// <summary>Ensures that the images of a release are in the environment's container registry, and resolves their digests.</summary>
/// <param name="architecture">The CPU architecture of the environment's tasks, as named by ECS; null if it is not specified.</param>
/// <param name="record">The digests that were pushed and tested before; null if unknown, in which case the images in the registry are the release.</param>
/// <param name="publish">Called only if images are missing: if all exist, no Docker engine is needed.</param>
public sealed class AwsRelease(
    RegistryImages images, StoredReleases releases, string? architecture, ReleaseRecord? record, Func<CancellationToken, Task> publish, IProgressReport report)
{
    /// <exception cref="SlipwayException">
    /// They are for an architecture other than that of the tasks, they do not exist and cannot be pushed, they are not the ones that were pushed
    /// before, or others were deployed under this tag.
    /// </exception>
    public async Task<ImageSet> RequireAsync(ImageTag tag, string by, CancellationToken cancellation)
    {
        PushPolicy.RequireCommit(tag.Source);
        RequireArchitecture(tag);
        var trainer = await TrainerAsync(tag, by, cancellation);
        var found = await FindAsync(tag, cancellation);
        var tested = new TestedImages(tag, record);
        if (found is null)
        {
            tested.RequireNone();
            report.Line($"The container registry does not have the images {tag} yet; packaging, scanning and pushing them first.");
            await publish(cancellation);
            found = await FindAsync(tag, cancellation)
                ?? throw new SlipwayException($"The images {tag} were pushed, but the container registry does not have them. Check the registry, then run this again.");
        }

        tested.Require(found);
        foreach (var image in found.Where(image => image.Sbom is null || image.Provenance is null))
            report.Line($"{image.Repository}:{tag} lacks {(image.Sbom is null ? Attachment.Sbom : Attachment.Provenance)}: its push was interrupted. Run PushImages where the image was built to attach it.");
        await releases.AddAsync(tag, found, by, cancellation);
        return new(Of(found, ImageName.Model), Of(found, ImageName.Gateway), tag.Source, trainer);
    }

    // a task whose image is for another architecture exits immediately, with no message but "exec format error"
    private void RequireArchitecture(ImageTag tag)
    {
        if (architecture is null || architecture == tag.Platform.Ecs)
            return;
        var fitting = tag.Platform == ImagePlatform.X64 ? ImagePlatform.Arm64 : ImagePlatform.X64;
        throw new SlipwayException(
            $"The images {tag} are for {tag.Platform.Docker}, and the tasks of this environment run on {architecture}. Nothing was changed. "
            + $"Deploy with --{SettingKeys.ImagesPlatform.Name}={fitting.Docker}, or set it under [Images] in cake.config; or set architecture = \"{tag.Platform.Ecs}\" in the environment's Terraform, and apply it.");
    }

    /// <summary>SageMaker trains on x64 only: with servers on Arm64, training uses the x64 image of the same commit.</summary>
    private async Task<ImageReference?> TrainerAsync(ImageTag tag, string by, CancellationToken cancellation)
    {
        if (tag.Platform == ImagePlatform.X64)
            return null;
        var trains = tag with { Built = null };
        var found = await FindAsync(trains, cancellation) ?? throw new SlipwayException(
            $"SageMaker trains on x64 only, and the container registry does not have the images {trains} in addition to {tag}. Push them first: "
            + $"./build.sh --target=PushImages --environment=<name> --{SettingKeys.ImagesPlatform.Name}={ImagePlatform.X64.Docker}");
        await releases.AddAsync(trains, found, by, cancellation);
        return Of(found, ImageName.Model);
    }

    private Task<IReadOnlyList<StoredImage>?> FindAsync(ImageTag tag, CancellationToken cancellation) =>
        report.StepAsync($"Look for the images {tag}", _ => images.FindAsync(tag, cancellation));

    private static ImageReference Of(IReadOnlyList<StoredImage> images, string name) => images.First(image => image.Name == name).Reference;
}
