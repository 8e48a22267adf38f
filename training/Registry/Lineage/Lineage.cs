namespace Slipway.Registry;

/// <summary>Everything that went into a training job: the same lineage gives the same ONNX bytes.</summary>
/// <param name="TrainingJob"><c>&lt;model&gt;-&lt;hash12&gt;-a&lt;attempt&gt;</c></param>
/// <param name="Hyperparameters">As the trainer used them, defaults included.</param>
/// <param name="Seed">Of every random choice in the job.</param>
/// <param name="Parent">The version it was compared with; null for a first version.</param>
/// <param name="Outside">Where the model was made elsewhere; null where it was learned by the job.</param>
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
    OutsideReference? Outside = null);

/// <summary>What somebody brought in. How it came about is not known here; what it answers was measured as for any other version.</summary>
/// <param name="OnnxSha256">Of the file as it came, before it was given the names that servers ask for.</param>
/// <param name="GoldenSha256">Of the answers that it was proven on.</param>
public sealed record OutsideReference(string OnnxSha256, string GoldenSha256)
{
    /// <summary>The training channel that the files come in.</summary>
    public const string Channel = "outside";
}

/// <param name="Version">The store's version of the key at the time.</param>
/// <param name="Sha256">Null until the job has hashed it, where the store gave a version that never changes and the dataset is large.</param>
/// <param name="Rows">Data rows, without the header; null until the job has counted them.</param>
public sealed record DatasetReference(string Key, string Version, string? Sha256, long Length, long? Rows);

/// <param name="Commit">Full hash; <c>unknown</c> outside a git checkout.</param>
/// <param name="Dirty">Uncommitted changes were present: such a job is not reproducible, and says so.</param>
public sealed record SourceReference(string Commit, bool Dirty);

/// <param name="Image">Image digest, or the release hash where the job ran as a process.</param>
/// <param name="Libraries">Name to version of what decides the bytes: ML.NET, LightGBM, ONNX Runtime, .NET.</param>
public sealed record TrainingEnvironment(string Image, string Architecture, IReadOnlyDictionary<string, string> Libraries);
