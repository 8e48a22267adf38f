using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Candidates;

/// <summary>Where a candidate comes from: a trainer that fits it, or an ONNX file that was trained elsewhere. Everything after that is the same.</summary>
public abstract class CandidateSource
{
    /// <summary>For the lineage.</summary>
    public abstract string Trainer { get; }

    /// <summary>As used, including defaults.</summary>
    public abstract IReadOnlyDictionary<string, string> Hyperparameters { get; }

    public abstract int Seed { get; }

    /// <summary>What determines the bytes in addition to the libraries of this program: versions by name.</summary>
    public virtual IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string>();

    /// <summary>Rows for the golden set in addition to those of the holdout.</summary>
    public virtual IReadOnlyList<IReadOnlyDictionary<string, string?>> Records => [];

    /// <summary>The memory that it needs in addition to the process and the encoded rows, in bytes.</summary>
    public abstract long EstimateBytes(FitSize training);

    /// <exception cref="SlipwayException">There is no usable model; the message says why.</exception>
    public abstract CandidateModel Make(CandidateRequest request, JobProgress progress);

    /// <summary>Checks that the file that will be served is the model that it claims to be.</summary>
    /// <exception cref="SlipwayException">It is not.</exception>
    public abstract void Prove(CandidateModel candidate, OnnxScorer scorer, EncodedDataset data, JobProgress progress, CancellationToken cancellation);
}

/// <param name="Columns">How raw rows become features.</param>
/// <param name="Classes">The labels of a classification, in the order of their numbers; empty for regression.</param>
public sealed record CandidateRequest(ModelSpec Spec, IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<string> Classes, EncodedDataset Data);
