using Slipway.Build.Images.ContainerRegistry;
using Slipway.Registry;

namespace Slipway.Build.Images.Pushing;

/// <summary>
/// Attaches evidence to an image by its digest, as defined by OCI 1.1. If a registry has no referrers API, the list is an index under the
/// tag <c>sha256-&lt;hex&gt;</c>. There is one attachment of each kind, and existing ones are kept, so this is idempotent.
/// </summary>
public sealed class ImageAttachments(RegistryClient registry)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <returns>Those that were missing.</returns>
    public async Task<IReadOnlyList<Attachment>> AttachAsync(
        RawOciManifest subject, string tag, IReadOnlyList<Attachment> attachments, CancellationToken cancellation)
    {
        var (known, isListed) = await FindAsync(subject.Digest, cancellation);
        var missing = attachments.Where(one => known.All(there => there.ArtifactType != one.MediaType)).ToList();
        var put = new List<Descriptor>();
        foreach (var attachment in missing)
            put.Add(await PutAsync(subject, Attachment.TagOf(tag, attachment.Kind), attachment, cancellation));
        // all at once: with immutable tags, the list can be written only once
        if (!isListed && put.Count > 0)
            await registry.PutManifestAsync(
                FallbackTag(subject.Digest), new OciManifest(2, MediaTypes.OciIndex, Manifests: [.. known, .. put]).ToBytes(), MediaTypes.OciIndex, cancellation);
        return missing;
    }

    /// <returns>The kinds that are not attached yet.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(string digest, CancellationToken cancellation)
    {
        var (known, _) = await FindAsync(digest, cancellation);
        return [.. Attachment.Kinds.Where(kind => known.All(there => there.ArtifactType != kind.Value)).Select(kind => kind.Key)];
    }

    private static string FallbackTag(string digest) => digest.Replace(':', '-');

    private async Task<(IReadOnlyList<Descriptor> Known, bool IsListed)> FindAsync(string digest, CancellationToken cancellation) =>
        await registry.FindReferrersAsync(digest, cancellation) is { } listed
            ? (listed, true)
            : ((await registry.FindManifestAsync(FallbackTag(digest), cancellation))?.Read(registry.Repository.ToString()).Manifests ?? [], false);

    private async Task<Descriptor> PutAsync(RawOciManifest subject, string tag, Attachment attachment, CancellationToken cancellation)
    {
        // an earlier run may have got this far
        if (await registry.FindManifestAsync(tag, cancellation) is { } there)
            return there.Read($"{registry.Repository}:{tag}") is { ArtifactType: { } type, Subject.Digest: { } about } && type == attachment.MediaType && about == subject.Digest
                ? there.Descriptor with { ArtifactType = type }
                : throw new SlipwayException($"{registry.Repository}:{tag} is not the {attachment.Kind} of {subject.Digest}. Somebody pushed something else there; delete that tag and run this again.");

        await registry.PutBlobAsync(Empty, cancellation);
        await registry.PutBlobAsync(attachment.Content, cancellation);
        var manifest = new OciManifest(
            2, MediaTypes.OciManifest, attachment.MediaType, Descriptor.Of(Empty, MediaTypes.OciEmpty),
            [Descriptor.Of(attachment.Content, attachment.MediaType) with { Annotations = new Dictionary<string, string> { ["org.opencontainers.image.title"] = attachment.File } }],
            subject.Descriptor);
        return await registry.PutManifestAsync(tag, manifest.ToBytes(), MediaTypes.OciManifest, cancellation) with { ArtifactType = attachment.MediaType };
    }
}
