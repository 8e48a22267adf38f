using System.Text.Json;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;

namespace Slipway.Registry.Signing;

/// <summary>The signed statement about a manifest: its bytes, its artifact, and the lineage of the artifact.</summary>
internal static class ManifestStatement
{
    public const string BuildType = "urn:slipway:build-type:training:v1";
    public const string BuilderId = "urn:slipway:automation:v1";

    /// <param name="sha256">Hash of the manifest's stored bytes.</param>
    public static byte[] Of(ModelManifest manifest, string sha256) =>
        JsonSerializer.SerializeToUtf8Bytes(Statement(manifest, sha256), SigningJson.Default.InTotoStatement);

    private static InTotoStatement Statement(ModelManifest manifest, string sha256)
    {
        var (lineage, artifact) = (manifest.Lineage, manifest.Artifact);
        return new(
            InTotoStatement.StatementType,
            [
                File(StoreKeys.Version(manifest.Model, manifest.Version), sha256),
                File(artifact.Key, artifact.Sha256),
                File(ArtifactFiles.Onnx, artifact.OnnxSha256),
            ],
            InTotoStatement.ProvenanceType,
            new(
                new(
                    BuildType,
                    new(lineage.Model, Dataset(lineage.Dataset), lineage.SpecSha256, lineage.Hyperparameters, lineage.Seed),
                    new(lineage.Trainer, lineage.Environment.Architecture, lineage.Environment.Libraries),
                    [Dataset(lineage.Dataset), Source(lineage.Source), Image(lineage.Environment.Image)]),
                new(new(BuilderId), new(lineage.TrainingJob, lineage.StartedAt, lineage.FinishedAt))));
    }

    private static ResourceDescriptor File(string name, string sha256) => new(name, null, Sha256(sha256));

    private static ResourceDescriptor Dataset(DatasetReference dataset) => new(
        dataset.Key, $"urn:slipway:object:{Uri.EscapeDataString(dataset.Key)}", dataset.Sha256 is { } sha256 ? Sha256(sha256) : null, new Dictionary<string, string> { ["version"] = dataset.Version });

    // the commit of a tree with uncommitted changes identifies what was changed, not what was built
    private static ResourceDescriptor Source(SourceReference source) => new(
        "source", "urn:slipway:source", source.Commit.Length == 40 ? new Dictionary<string, string> { ["gitCommit"] = source.Commit } : null,
        new Dictionary<string, string> { ["dirty"] = source.Dirty ? "true" : "false" });

    private static ResourceDescriptor Image(string image) =>
        image.StartsWith("sha256:", StringComparison.Ordinal)
            ? File("image", image["sha256:".Length..])
            : new("release", $"urn:slipway:release:{Uri.EscapeDataString(image)}", null);

    private static Dictionary<string, string> Sha256(string sha256) => new() { ["sha256"] = sha256 };
}
