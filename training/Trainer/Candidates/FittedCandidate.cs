using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.Custom;

namespace Slipway.Trainer.Candidates;

/// <summary>A candidate that a trainer fits to the training rows.</summary>
public sealed class FittedCandidate(IModelTrainer trainer, HyperparameterSet hyperparameters, int seed, TimeProvider time) : CandidateSource
{
    private ITrainedModel? _original;

    public override string Trainer => trainer.Name;

    public override IReadOnlyDictionary<string, string> Hyperparameters => hyperparameters.ToWords();

    public override int Seed => seed;

    public override IReadOnlyDictionary<string, string> Libraries => (trainer as IBuiltInTrainer)?.Libraries ?? base.Libraries;

    public override long EstimateBytes(FitSize training) => trainer.EstimateBytes(training, hyperparameters);

    public override CandidateModel Make(CandidateRequest request, JobProgress progress)
    {
        if (trainer is IBuiltInTrainer { Notice: { } notice })
            progress.Report($"{notice}");
        var start = time.GetTimestamp();
        _original = trainer.Fit(new(
            request.Data.Training, FeatureEncoder.FeatureNames(request.Columns), request.Classes, hyperparameters, seed));
        progress.Report(FitLine.Of(TreeLibrary.Named(Trainer, Libraries), seed, time.GetElapsedTime(start).TotalSeconds));

        var graph = _original.ToOnnx();
        var output = ModelSchema.OutputOf(request.Spec.Task, request.Classes.Count);
        if (graph.Output.Name != output.Name || graph.Output.Width != output.Width)
            throw new SlipwayException(
                $"The trainer '{trainer.Name}' exported the output {graph.Output.Name} of width {graph.Output.Width}, but a {request.Spec.Task.ToString().ToLowerInvariant()} model " +
                $"needs {output.Name} of width {output.Width}.");
        return CandidateModel.Complete(request, metadata => OnnxWriter.Write(graph, metadata));
    }

    public override void Prove(CandidateModel candidate, OnnxScorer scorer, EncodedDataset data, JobProgress progress, CancellationToken cancellation)
    {
        foreach (var rows in data.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var report = ParityPolicy.Compare(_original!.Predict(rows), scorer.Score(rows), candidate.Schema.Output.Width, candidate.Threshold);
            if (_original is CustomModel own)
                own.Check(report);
            ParityPolicy.Check(report);
            progress.Report($"ONNX Runtime compared with the trained model: {report}");
        }
    }
}
