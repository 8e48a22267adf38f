using Slipway.Registry.Gates;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Registry.Manifests;

/// <summary>
/// One registered version of a model: <c>models/&lt;model&gt;/versions/&lt;number&gt;.json</c>. Written last and never again;
/// servers ignore a model without a manifest, so a half-finished upload cannot be loaded.
/// </summary>
/// <param name="After">
/// The last history entry when the gates were evaluated: it is published only if nothing has been moved since. Null in manifests that predate this member.
/// </param>
public sealed record ModelManifest(
    string Model,
    int Version,
    ArtifactReference Artifact,
    ModelSchema Schema,
    ModelMetrics Metrics,
    GateReport Gates,
    Lineage Lineage,
    DateTimeOffset CreatedAt,
    HistoryHead? After = null);

/// <param name="Version">The store's version of the archive.</param>
/// <param name="Length">Bytes of the archive.</param>
/// <param name="Sha256">Hash of the archive; verified before anything is unpacked.</param>
/// <param name="OnnxSha256">Hash of <c>model.onnx</c>: the model's identity.</param>
public sealed record ArtifactReference(string Key, string Version, long Length, string Sha256, string OnnxSha256);
