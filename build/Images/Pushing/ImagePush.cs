using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.ContainerRegistry;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Releases;
using Slipway.Registry;

namespace Slipway.Build.Images.Pushing;

/// <summary>
/// Brings the images of a release into a registry, under the release's tag and with their evidence attached. What was scanned is what is pushed; what
/// is there already is left as it is, so a push that was interrupted goes on when it is run again.
/// </summary>
public sealed class ImagePush(ReleaseFiles files, ImageEvidence evidence, IImageEngine engine, RegistryLogin login, IProgressReport report, TimeProvider time)
{
    /// <returns>The release with the digests that its images have there; its record says the same.</returns>
    /// <exception cref="RefusedException">A scan said no.</exception>
    /// <exception cref="SlipwayException">It was not possible, or the tag names something else there.</exception>
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
        step.Note($"{(there is null ? "pushed" : "there already")}: {found.Digest}{(found.Is(image.Id) ? "" : ", built elsewhere from the same content")}");

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
        else // evidence is of one image: that of this build says nothing certain of another
            foreach (var missing in await attachments.MissingAsync(found.Digest, cancellation))
                step.Note($"nobody has attached its {missing}: run this again where it was built");
    }

    private async Task<RegistryImage> PushNewAsync(
        string tag, ReleaseImage image, RegistryClient registry, RegistryCredentials? who, IProgressStep step, CancellationToken cancellation)
    {
        if (engine.FindId(image.Local) is var id && id != image.Id)
            throw new SlipwayException($"{image.Local} is {(id is null ? "not in this engine any more" : $"{id} now")}, and {image.Id} was scanned. Package and scan again: ./build.sh --target=ScanImages");

        var reference = $"{registry.Repository}:{tag}";
        var pushed = PushByEngine(image.Local, reference, registry.Repository.Host, who, step);
        var found = await RegistryImage.FindAsync(registry, tag, cancellation)
            ?? throw new SlipwayException($"{reference} was pushed, but the registry does not have it. Look after the registry, then run this again.");
        if (found.Digest != pushed)
            throw new SlipwayException($"{reference} was pushed as {pushed}, but the registry has {found.Digest} under that tag: somebody else pushed to it at the same moment. Run this again, which compares them.");
        return found.Is(image.Id)
            ? found
            : throw new SlipwayException($"{reference} is another image than the one that was scanned: its configuration is {found.Configuration}, and {image.Id} was scanned. Do not deploy it; package and scan again.");
    }

    private string PushByEngine(string local, string reference, RegistryHost host, RegistryCredentials? who, IProgressStep step)
    {
        using var configuration = login.Configure(host, who);
        return engine.Push(local, reference, configuration?.Folder, step.Now);
    }

    // what another registry got under this tag, and what may have been tested since, is not what this engine holds
    private static void RequireOwn(string tag, ReleaseImage image, RegistryRepository repository)
    {
        if (image is { BuiltElsewhere: true, Pushed: { } before })
            throw new SlipwayException(
                $"{repository}:{tag} is not there yet, and can not be pushed from here: {tag} is {before.Uri}, which was built elsewhere from the same content, and the image of this tree would get another digest. "
                + "Push it from where it was built; or commit, which gives a new tag, and push that everywhere.");
    }

    private static void RequireSame(string tag, ReleaseImage image, RegistryRepository repository, RegistryImage found)
    {
        if (found.Content != image.Content)
            throw new SlipwayException(
                $"{repository}:{tag} is there with other content: {found.Digest} was made from {found.Content ?? "what it does not say"}, the image of this tree from {image.Content}. "
                + "What a tag names never changes. A base image or a tool may have moved since; raise the version in Directory.Build.props, commit, and push that.");
        if (image.Pushed is { } before && before.Digest != found.Digest)
            throw new SlipwayException(
                $"{repository}:{tag} is {found.Digest}, and {before.Repository} has {before.Digest} under the same tag: two builds of the same content. "
                + "What was tested has to be what is deployed, so neither is deployed as the other. Commit, which gives a new tag, and push that everywhere.");
    }
}
