using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Rows;
using Slipway.Trainer.Candidates;
using Slipway.Trainer.Data;
using Slipway.Trainer.Estimates;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Evidence;
using Slipway.Trainer.Imported;
using Slipway.Trainer.Plots;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Job;

/// <summary>One training job, from its input folder to its output files: survey, fit, export, verify, evaluate, write.</summary>
public sealed class TrainingJob(JobFolder folder, ModelTrainers trainers, JobProgress progress, TimeProvider time)
{
    /// <summary>The memory that this process may use, taking a container's limit into account.</summary>
    public long AvailableMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <exception cref="SlipwayException">There is no model; the message says why, and nothing is left in the output.</exception>
    /// <exception cref="OperationCanceledException">The job was stopped.</exception>
    public void Run(JobStop stop)
    {
        var cancellation = stop.Token;
        var configuration = JobConfiguration.Read(folder);
        var spec = ModelSpecReader.Read(folder.Spec(), ArtifactFiles.Spec);
        ModelCard.CheckDescription(spec);
        var source = Source(spec, configuration);
        var dataset = folder.Dataset();

        var survey = Survey(spec, dataset, cancellation);
        var columns = survey.ToSchema();
        var encoder = new FeatureEncoder(columns);
        CheckMemory(source, survey, encoder.Width);
        var data = EncodedDataset.Read(survey, encoder, File.OpenRead(dataset), cancellation);
        cancellation.ThrowIfCancellationRequested();
        var candidate = source.Make(new(spec, columns, survey.Label.Classes, data), progress);

        using var scorer = new OnnxScorer(candidate.Onnx, candidate.Schema.Output);
        scorer.TryBatchSizes(data.Holdout);
        source.Prove(candidate, scorer, data, progress, cancellation);
        var evaluation = new HoldoutEvaluation(spec, survey, () => File.OpenRead(dataset), progress, time);
        var scores = scorer.Score(data.Holdout);
        var (metrics, estimator, plots) = ((ModelMetrics)null!, (QualityEstimator)null!, (IReadOnlyDictionary<string, byte[]>)null!);
        var (records, baseline, evidence) = ((IReadOnlyList<IReadOnlyDictionary<string, string?>>)null!, (FeatureBaseline)null!, (TrainingEvidence)null!);
        Concurrently.Run(
            () =>
            {
                (metrics, var championScores) = evaluation.Evaluate(candidate, scorer, data.Holdout, scores, folder.Champion(), cancellation);
                estimator = new EstimatorFit(candidate.Schema, PredictionValue.Of(spec.Value, spec.Task, survey.Label.Classes), progress)
                    .Fit(data.Validation, scorer.Score(data.Validation), data.Holdout, scores, metrics, cancellation);
                plots = new TrainingPlots(progress).Draw(new(spec, candidate.Schema, metrics, scores, data.Holdout.Labels, championScores), cancellation);
            },
            () => records = Records(survey, dataset, [.. GoldenSetBuilder.Choose(data.Holdout, scores, candidate.Schema).Select(row => data.Holdout.Numbers[row])]),
            () => baseline = BaselineBuilder.Build(survey, columns, data.Training, candidate.Schema, scores),
            () => evidence = Evidence(source, dataset, survey, candidate));
        var golden = GoldenSetBuilder.Build(encoder, [.. source.Records, .. records], scorer, candidate.Schema);
        var card = new ModelCard(spec, candidate.Schema, metrics, evidence);

        stop.BeginWriting();
        folder.WriteArtifact(new Dictionary<string, byte[]>(plots.Select(plot => KeyValuePair.Create(ArtifactFiles.Plot(plot.Key), plot.Value)))
        {
            [ArtifactFiles.Onnx] = candidate.Onnx,
            [ArtifactFiles.Spec] = folder.Spec(),
            [ArtifactFiles.Schema] = Json(candidate.Schema, RegistryJson.Default.ModelSchema),
            [ArtifactFiles.Metrics] = Json(metrics, RegistryJson.Default.ModelMetrics),
            [ArtifactFiles.Golden] = Json(golden, RegistryJson.Default.GoldenSet),
            [ArtifactFiles.Baseline] = Json(baseline, RegistryJson.Default.FeatureBaseline),
            [ArtifactFiles.Estimator] = Json(estimator, RegistryJson.Default.QualityEstimator),
            [ArtifactFiles.Training] = Json(evidence, RegistryJson.Default.TrainingEvidence),
            [ArtifactFiles.ModelCard] = Encoding.UTF8.GetBytes(card.ToMarkdown()),
        });
        progress.Report($"Done: {candidate.Onnx.Length} bytes of ONNX, SHA-256 {evidence.OnnxSha256}");
    }

    private CandidateSource Source(ModelSpec spec, JobConfiguration configuration)
    {
        var seed = configuration.Seed ?? spec.Seed;
        if (folder.Imported() is { } imported)
            return new ImportedCandidate(imported, seed);

        var trainer = trainers.For(spec);
        var hyperparameters = HyperparameterSet.Resolve(trainer.Name, trainer.Hyperparameters, spec.Hyperparameters, configuration.Hyperparameters);
        return new FittedCandidate(trainer, hyperparameters, seed, time);
    }

    private DatasetSurvey Survey(ModelSpec spec, string dataset, CancellationToken cancellation)
    {
        var survey = DatasetSurvey.Read(spec, File.OpenRead(dataset), Path.GetFileName(dataset), cancellation);
        progress.Report($"Read {survey.Source}: {survey.Rows[Side.Training]} rows for training, {survey.Rows[Side.Validation]} for validation, {survey.Rows[Side.Holdout]} held out; {survey.Label.Summary}");
        if (survey.HasIndex)
            progress.Report($"The first column has no name: it is treated as row numbers and ignored");
        if (survey.Columns.Unused.Count > 0)
            progress.Report($"Ignored columns that are not in model.json: {string.Join(", ", survey.Columns.Unused)}");
        return survey;
    }

    private void CheckMemory(CandidateSource source, DatasetSurvey survey, int features)
    {
        var rows = survey.Sides.Count;
        var estimate = FitMemoryPolicy.Estimate(source, rows, new(survey.Rows[Side.Training], features, survey.Label.Classes.Count));
        FitMemoryPolicy.Check(estimate, AvailableMemory, rows, features);
        progress.Report($"Memory: about {estimate / 1e6:0} MB of {AvailableMemory / 1e6:0} MB");
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, string?>> Records(DatasetSurvey survey, string dataset, IReadOnlyList<long> numbers)
    {
        var records = EncodedDataset.ReadRecords(survey, numbers.ToHashSet(), File.OpenRead(dataset));
        return [.. numbers.Select(number => records[number])];
    }

    private static TrainingEvidence Evidence(CandidateSource source, string dataset, DatasetSurvey survey, CandidateModel candidate)
    {
        return new(
            source.Trainer,
            source.Hyperparameters,
            source.Seed,
            Sha256Hex.OfFile(dataset),
            survey.Sides.Count,
            Sha256Hex.Of(candidate.Onnx),
            Libraries.Architecture,
            Libraries.Versions.Concat(source.Libraries).ToDictionary());
    }

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
