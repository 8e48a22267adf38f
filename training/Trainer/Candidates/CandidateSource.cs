using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Candidates;

/// <summary>Where a candidate comes from: a trainer that fits it, or an ONNX file made elsewhere. Everything after that is the same.</summary>
public abstract class CandidateSource
{
    /// <summary>For the lineage.</summary>
    public abstract string Trainer { get; }

    /// <summary>As used, defaults included.</summary>
    public abstract IReadOnlyDictionary<string, string> Hyperparameters { get; }

    public abstract int Seed { get; }

    /// <summary>What decides the bytes beside the libraries of this program: name to version.</summary>
    public virtual IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string>();

    /// <summary>Rows to be proven on a server beside those of the holdout.</summary>
    public virtual IReadOnlyList<IReadOnlyDictionary<string, string?>> Records => [];

    /// <summary>Memory that it takes on top of the process and the encoded rows, in bytes.</summary>
    public abstract long EstimateBytes(FitSize training);

    /// <exception cref="SlipwayException">There is no usable model; the message says why.</exception>
    public abstract CandidateModel Make(CandidateRequest request, JobProgress progress);

    /// <summary>Is the file that will be served the model that it is said to be?</summary>
    /// <exception cref="SlipwayException">It is not.</exception>
    public abstract void Prove(CandidateModel candidate, OnnxScorer scorer, EncodedDataset data, JobProgress progress, CancellationToken cancellation);
}

/// <param name="Columns">How raw rows become features.</param>
/// <param name="Classes">The words of a classification, in the order of their numbers; empty for regression.</param>
public sealed record CandidateRequest(ModelSpec Spec, IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<string> Classes, EncodedDataset Data);
