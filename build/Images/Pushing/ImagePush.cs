using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Images.Pushing;

/// <summary>
/// Pushes the images of a release to a container registry, under the release's tag and with their evidence attached. What was scanned is what is
/// pushed; existing images are kept, so an interrupted push continues when it is run again.
/// </summary>
public sealed class ImagePush(ReleaseFiles files, ImageEvidence evidence, IImageEngine engine, RegistryLogin login, IProgressReport report, TimeProvider time)
{
    /// <returns>The release with the digests of its images there, which are also recorded.</returns>
    /// <exception cref="RefusedException">A scan did not pass.</exception>
    /// <exception cref="SlipwayException">The push failed, or the registry has something else under the tag.</exception>
    public async Task<ReleaseRecord> RunAsync(ImageDestination destination, CancellationToken cancellation)
    {
        var release = files.Read();
        PushPolicy.Require(release);
        foreach (var image in release.Images)
            evidence.Require(image);
        foreach (var name in ImageName.All)
        {
            var (now, repository) = (release, destination[name]);
            release = now.With(await report.StepAsync($"Push {repository}:{release.Tag}", step => PushAsync(now, now[name], repository, step, cancellation)));
            files.Save(release);
        }

        return release;
    }

    private async Task<ReleaseImage> PushAsync(
        ReleaseRecord release, ReleaseImage image, RegistryRepository repository, IProgressStep step, CancellationToken cancellation)
    {
        var who = await login.FindAsync(repository.Host, cancellation);
        if (who is not null)
            step.Note($"as {who}{(who.ExpireAt is { } end ? $", until {end:u}" : "")}");
        using var registry = new RegistryClient(repository, who, time);
        var there = await RegistryImage.FindAsync(registry, release.Tag, cancellation);
        if (there is null)
            RequireOwn(release.Tag, image, repository);
        var found = there ?? await PushNewAsync(release.Tag, image, registry, who, step, cancellation);
        RequireSame(release.Tag, image, repository, found);
        step.Note($"{(there is null ? "pushed" : "already there")}: {found.Digest}{(found.Is(image.Id) ? "" : ", built elsewhere from the same content")}");

        var pushed = image with { Pushed = new(repository.ToString(), found.Digest), BuiltElsewhere = !found.Is(image.Id) };
        await AttachAsync(release, pushed, registry, found, step, cancellation);
        return pushed;
    }

    private async Task AttachAsync(
        ReleaseRecord release, ReleaseImage image, RegistryClient registry, RegistryImage found, IProgressStep step, CancellationToken cancellation)
    {
        var attachments = new ImageAttachments(registry);
        if (found.Is(image.Id))
            foreach (var attached in await attachments.AttachAsync(found.Manifest, release.Tag, evidence.Of(release, image), cancellation))
                step.Note($"attached: {attached.Kind}, {registry.Repository}:{Attachment.TagOf(release.Tag, attached.Kind)}");
        else // evidence belongs to one image: that of this build is not valid for another
            foreach (var missing in await attachments.MissingAsync(found.Digest, cancellation))
                step.Note($"{missing} not attached: run this again where the image was built");
    }

    private async Task<RegistryImage> PushNewAsync(
        string tag, ReleaseImage image, RegistryClient registry, RegistryCredentials? who, IProgressStep step, CancellationToken cancellation)
    {
        if (engine.FindId(image.Local) is var id && id != image.Id)
            throw new SlipwayException($"{image.Local} is {(id is null ? "no longer in this engine" : $"{id} now")}, but {image.Id} was scanned. Package and scan again: ./build.sh --target=ScanImages");

        var reference = $"{registry.Repository}:{tag}";
        var pushed = PushByEngine(image.Local, reference, registry.Repository.Host, who, step);
        var found = await RegistryImage.FindAsync(registry, tag, cancellation)
            ?? throw new SlipwayException($"{reference} was pushed, but the container registry does not have it. Check the registry, then run this again.");
        if (found.Digest != pushed)
            throw new SlipwayException($"{reference} was pushed as {pushed}, but the container registry has {found.Digest} under that tag: somebody else pushed at the same time. Run this again to compare the two.");
        return found.Is(image.Id)
            ? found
            : throw new SlipwayException($"{reference} is not the image that was scanned: its configuration is {found.Configuration}, but {image.Id} was scanned. Do not deploy it; package and scan again.");
    }

    private string PushByEngine(string local, string reference, RegistryHost host, RegistryCredentials? who, IProgressStep step)
    {
        using var configuration = login.Configure(host, who);
        return engine.Push(local, reference, configuration?.Folder, step.Now);
    }

    // what another registry got under this tag, and what may have been tested since, is not the image in this engine
    private static void RequireOwn(string tag, ReleaseImage image, RegistryRepository repository)
    {
        if (image is { BuiltElsewhere: true, Pushed: { } before })
            throw new SlipwayException(
                $"{repository}:{tag} does not exist yet and cannot be pushed from here: {tag} is {before.Uri}, which was built elsewhere from the same content, and the image of this tree would get a different digest. "
                + "Push it from where it was built; or commit, which gives a new tag, and push that everywhere.");
    }

    private static void RequireSame(string tag, ReleaseImage image, RegistryRepository repository, RegistryImage found)
    {
        if (found.Content != image.Content)
            throw new SlipwayException(
                $"{repository}:{tag} already exists with different content: {found.Digest} was built from {found.Content ?? "unknown content"}, the image of this tree from {image.Content}. "
                + "Tags are never overwritten. A base image or a tool may have changed since; raise the version in Directory.Build.props, commit, and push that.");
        if (image.Pushed is { } before && before.Digest != found.Digest)
            throw new SlipwayException(
                $"{repository}:{tag} is {found.Digest}, but {before.Repository} has {before.Digest} under the same tag: two builds of the same content. "
                + "The image that was tested must be the one that is deployed, so neither can stand in for the other. Commit, which gives a new tag, and push that everywhere.");
    }
}
