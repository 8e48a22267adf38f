using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ECR;
using Amazon.ECR.Model;
using Slipway.Automation.Aws;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Images;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Aws;

/// <summary>
/// For an emulator on this machine: an image whose manifest names folders of build output in place of layers. It goes through the
/// container registry like any other, so its digest identifies exactly what was built.
/// </summary>
public sealed class FolderImages(AwsEnvironmentRecord environment, IAmazonECR ecr)
{
    private const string MediaType = "application/vnd.oci.image.manifest.v1+json";
    private const string Empty = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"; // digest of the two bytes {}

    /// <summary>Pushes both images; existing ones are kept.</summary>
    public async Task<ImageSet> PushAsync(ReleaseSet release, SourceReference source, CancellationToken cancellation) => new(
        await PushAsync(
            environment.Images.Model, $"{release.Trainer.Hash}-{release.Inference.Hash}",
            new() { ["train"] = release.Trainer.Assembly("Slipway.Trainer"), ["serve"] = release.Inference.Assembly("Slipway.Inference") }, cancellation),
        await PushAsync(
            environment.Images.Gateway, release.Gateway.Hash, new() { ["default"] = release.Gateway.Assembly("Slipway.Gateway") }, cancellation),
        source);

    private async Task<ImageReference> PushAsync(string repository, string tag, Dictionary<string, string> entries, CancellationToken cancellation)
    {
        var manifest = Manifest(tag, entries);
        var digest = $"sha256:{Sha256Hex.Of(manifest)}";
        try
        {
            var put = await AwsErrors.GuardAsync("ecr:PutImage", $"push an image to '{repository}'", () => ecr.PutImageAsync(
                new() { RepositoryName = repository[(repository.IndexOf('/') + 1)..], ImageTag = tag, ImageManifest = manifest, ImageManifestMediaType = MediaType },
                cancellation));
            digest = put.Image.ImageId.ImageDigest;
        }
        catch (SlipwayException e) when (e.InnerException is ImageAlreadyExistsException)
        {
            // pushed before, with the same content under the same tag
        }

        return new(repository, digest);
    }

    /// <summary>The manifest; the same bytes for the same release.</summary>
    public static string Manifest(string release, IReadOnlyDictionary<string, string> entries)
    {
        var annotations = new JsonObject { ["dev.slipway.release"] = release };
        foreach (var (word, assembly) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            annotations[$"dev.slipway.entry.{word}"] = assembly;
        return new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType,
            ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.empty.v1+json", ["digest"] = Empty, ["size"] = 2 },
            ["layers"] = new JsonArray(),
            ["annotations"] = annotations,
        }.ToJsonString(JsonSerializerOptions.Default);
    }
}
