using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Candidates;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Imported;

/// <summary>
/// A candidate from an ONNX file that was trained elsewhere. It is not trusted: it must reproduce its golden predictions, and it is evaluated on the
/// same holdout as every other.
/// </summary>
public sealed class ImportedCandidate : CandidateSource
{
    private readonly byte[] _onnx;
    private readonly ImportedGolden _golden;
    private readonly string _producer;

    /// <exception cref="SlipwayException">The files cannot be used; the message says why.</exception>
    public ImportedCandidate(ImportedFiles files, int seed)
    {
        Seed = seed;
        OnnxFile.RejectExternalData(files.Onnx);
        _onnx = File.ReadAllBytes(files.Onnx);
        _golden = ImportedGolden.Read(File.ReadAllBytes(files.Golden));
        Open(_onnx).Dispose();
        _producer = OnnxAdapter.ProducerOf(_onnx);
    }

    public override string Trainer => TrainerNames.Imported;

    public override IReadOnlyDictionary<string, string> Hyperparameters => new Dictionary<string, string>();

    public override int Seed { get; }

    public override IReadOnlyDictionary<string, string> Libraries => new Dictionary<string, string> { ["ONNX producer"] = _producer };

    public override IReadOnlyList<IReadOnlyDictionary<string, string?>> Records => _golden.Records;

    public override long EstimateBytes(FitSize training) => _onnx.Length * 4L;

    public override CandidateModel Make(CandidateRequest request, JobProgress progress)
    {
        var features = FeatureEncoder.FeatureNames(request.Columns);
        var output = ModelSchema.OutputOf(request.Spec.Task, request.Classes.Count);
        using var session = Open(_onnx);
        var tensors = ImportedTensors.Find(session, features, output);
        progress.Report($"Imported the ONNX model from {_producer}: input '{tensors.Input}', output '{tensors.Output}'");
        try
        {
            return CandidateModel.Complete(request, metadata => OnnxAdapter.Adapt(_onnx, tensors, features.Count, output, metadata));
        }
        catch (OnnxRuntimeException e)
        {
            throw new SlipwayException($"{ArtifactFiles.Onnx} fails on the rows of the dataset: {e.Message}", e);
        }
    }

    public override void Prove(CandidateModel candidate, OnnxScorer scorer, EncodedDataset data, JobProgress progress, CancellationToken cancellation)
    {
        _golden.Check(candidate.Schema, scorer);
        progress.Report($"It reproduces all {_golden.Outputs.Count} golden predictions within {_golden.Tolerance}");
    }

    private static InferenceSession Open(byte[] onnx)
    {
        try
        {
            return new(onnx);
        }
        catch (OnnxRuntimeException e)
        {
            throw new SlipwayException(
                $"{ArtifactFiles.Onnx} cannot be loaded by ONNX Runtime {OrtEnv.Instance().GetVersionString()}: {e.Message} " +
                "Export it with operators of the standard ONNX or ai.onnx.ml domains, in an operator set that this version supports.", e);
        }
    }
}
