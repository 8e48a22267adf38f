using System.Text.Json.Serialization;
using Slipway.Registry.Costs;
using Slipway.Registry.Monitoring.Retraining;

namespace Slipway.Registry.Lineages;

/// <summary>Every input of a training job: the same lineage produces the same ONNX bytes.</summary>
/// <param name="TrainingJob"><c>&lt;model&gt;-&lt;hash12&gt;-a&lt;attempt&gt;</c></param>
/// <param name="Hyperparameters">As the trainer used them, including defaults.</param>
/// <param name="Seed">The seed of every random choice in the job.</param>
/// <param name="Parent">The version that it was compared with; null for a first version.</param>
/// <param name="Imported">Set if the model was trained elsewhere; null if the job trained it.</param>
/// <param name="Cost">What the job used and costs, known once it has ended; null if nobody measured it. It determines no bytes.</param>
/// <param name="Cause">Why the job was started; null if a dataset that arrived, or a person, started it. It has no influence on what the job makes.</param>
public sealed record Lineage(
    string TrainingJob,
    string Model,
    DatasetReference Dataset,
    string SpecSha256,
    string Trainer,
    IReadOnlyDictionary<string, string> Hyperparameters,
    int Seed,
    SourceReference Source,
    TrainingEnvironment Environment,
    int? Parent,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    [property: JsonPropertyName("outside")] ImportedReference? Imported = null,
    TrainingCost? Cost = null,
    RetrainCause? Cause = null);

/// <summary>An imported model. How it was trained is unknown; its predictions were evaluated as for any other version.</summary>
/// <param name="OnnxSha256">Hash of the imported file, before its inputs and outputs were renamed for the servers.</param>
/// <param name="GoldenSha256">Hash of the golden predictions that it was verified against.</param>
public sealed record ImportedReference(string OnnxSha256, string GoldenSha256)
{
    /// <summary>The training channel of the files.</summary>
    public const string Channel = "outside";
}

/// <param name="Version">The store's version of the key at the time.</param>
/// <param name="Sha256">Null until the job has hashed it, if the dataset is large and its version in the store never changes.</param>
/// <param name="Rows">Data rows, without the header; null until the job has counted them.</param>
public sealed record DatasetReference(string Key, string Version, string? Sha256, long Length, long? Rows);

/// <param name="Commit">Full hash; <c>unknown</c> outside a git checkout.</param>
/// <param name="Dirty">There were uncommitted changes: such a job is not reproducible, and says so.</param>
public sealed record SourceReference(string Commit, bool Dirty);

/// <param name="Image">Image digest, or the release hash if the job ran as a process.</param>
/// <param name="Libraries">Versions of the libraries that determine the bytes, by name: ML.NET, LightGBM, ONNX Runtime, .NET.</param>
public sealed record TrainingEnvironment(string Image, string Architecture, IReadOnlyDictionary<string, string> Libraries);
