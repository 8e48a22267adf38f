using Slipway.Registry.Gates;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Registry.Manifests;

/// <summary>
/// One registered version of a model: <c>models/&lt;model&gt;/versions/&lt;number&gt;.json</c>. Written last and never again;
/// a model without a manifest does not exist for a server, so a half-finished upload can not load.
/// </summary>
/// <param name="After">
/// The last entry of the history when the gates judged it: it is published only where nothing was moved since. Null in manifests older than this member.
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
/// <param name="Sha256">Of the archive; checked before anything is unpacked.</param>
/// <param name="OnnxSha256">Of <c>model.onnx</c>: the model's identity.</param>
public sealed record ArtifactReference(string Key, string Version, long Length, string Sha256, string OnnxSha256);
