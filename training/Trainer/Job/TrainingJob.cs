using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>One training job, from the folder it is given to the files it leaves: survey, fit, export, prove, evaluate, write.</summary>
public sealed class TrainingJob(JobFolder folder, ModelTrainers trainers, JobProgress progress, TimeProvider time)
{
    /// <summary>Memory that this process may use; a container's limit counts.</summary>
    public long AvailableMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <exception cref="SlipwayException">There is no model; the message says why, and nothing is left in the output.</exception>
    /// <exception cref="OperationCanceledException">The job was stopped.</exception>
    public void Run(JobStop stop)
    {
        var cancellation = stop.Token;
        var configuration = JobConfiguration.Read(folder);
        var spec = ModelSpecReader.Read(folder.Spec(), ArtifactFiles.Spec);
        ModelCard.CheckDescription(spec);
        var trainer = trainers.For(spec);
        var plan = new FitPlan(
            trainer,
            HyperparameterSet.Resolve(trainer.Name, trainer.Hyperparameters, spec.Hyperparameters, configuration.Hyperparameters),
            configuration.Seed ?? spec.Seed);
        var dataset = folder.Dataset();

        var survey = Survey(spec, dataset, cancellation);
        var columns = survey.ToSchema();
        var encoder = new FeatureEncoder(columns);
        CheckMemory(plan, survey, encoder.Width);
        var data = EncodedDataset.Read(survey, encoder, File.OpenRead(dataset), cancellation);
        var candidate = Fit(plan, spec, survey, columns, data, cancellation);

        using var scorer = new OnnxScorer(candidate.Onnx, candidate.Schema.Output);
        Prove(candidate, scorer, data, cancellation);
        var evaluation = new HoldoutEvaluation(spec, survey, () => File.OpenRead(dataset), progress, time);
        var scores = scorer.Score(data.Holdout);
        var metrics = evaluation.Evaluate(candidate, scorer, data.Holdout, scores, folder.Champion(), cancellation);
        var golden = Golden(survey, dataset, encoder, data.Holdout, scores, candidate.Schema, scorer);
        var baseline = BaselineBuilder.Build(survey, columns, data.Training);
        var evidence = Evidence(plan, dataset, survey, candidate);
        var card = new ModelCard(spec, candidate.Schema, metrics, evidence);

        stop.BeginWriting();
        folder.WriteArtifact(new Dictionary<string, byte[]>
        {
            [ArtifactFiles.Onnx] = candidate.Onnx,
            [ArtifactFiles.Spec] = folder.Spec(),
            [ArtifactFiles.Schema] = Json(candidate.Schema, RegistryJson.Default.ModelSchema),
            [ArtifactFiles.Metrics] = Json(metrics, RegistryJson.Default.ModelMetrics),
            [ArtifactFiles.Golden] = Json(golden, RegistryJson.Default.GoldenSet),
            [ArtifactFiles.Baseline] = Json(baseline, RegistryJson.Default.FeatureBaseline),
            [ArtifactFiles.Training] = Json(evidence, RegistryJson.Default.TrainingEvidence),
            [ArtifactFiles.ModelCard] = Encoding.UTF8.GetBytes(card.ToMarkdown()),
        });
        progress.Say($"Done: {candidate.Onnx.Length} bytes of ONNX, SHA-256 {evidence.OnnxSha256}");
    }

    private DatasetSurvey Survey(ModelSpec spec, string dataset, CancellationToken cancellation)
    {
        var survey = DatasetSurvey.Read(spec, File.OpenRead(dataset), Path.GetFileName(dataset), cancellation);
        progress.Say($"Read {survey.Source}: {survey.Rows[Side.Training]} rows for training, {survey.Rows[Side.Validation]} for validation, {survey.Rows[Side.Holdout]} held out; {survey.Label.Summary}");
        if (survey.Columns.Unused.Count > 0)
            progress.Say($"Columns that model.json does not mention, left out: {string.Join(", ", survey.Columns.Unused)}");
        return survey;
    }

    private void CheckMemory(FitPlan plan, DatasetSurvey survey, int features)
    {
        var rows = survey.Sides.Count;
        var estimate = FitMemoryPolicy.Estimate(
            plan.Trainer, plan.Hyperparameters, rows, new(survey.Rows[Side.Training], features, survey.Label.Classes.Count));
        FitMemoryPolicy.Check(estimate, AvailableMemory, rows, features);
        progress.Say($"Memory: about {estimate / 1e6:0} MB of {AvailableMemory / 1e6:0} MB");
    }

    private CandidateModel Fit(
        FitPlan plan, ModelSpec spec, DatasetSurvey survey, IReadOnlyList<ColumnSchema> columns, EncodedDataset data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = time.GetTimestamp();
        var model = plan.Trainer.Fit(
            new(data.Training, FeatureEncoder.FeatureNames(columns), survey.Label.Classes, plan.Hyperparameters, plan.Seed));
        progress.Say($"Fitted {plan.Trainer.Name} with seed {plan.Seed} in {time.GetElapsedTime(start).TotalSeconds:0.00} s");
        return CandidateModel.Export(spec, columns, survey.Label.Classes, model, data.Validation);
    }

    private void Prove(CandidateModel candidate, OnnxScorer scorer, EncodedDataset data, CancellationToken cancellation)
    {
        foreach (var rows in data.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var report = ParityPolicy.Compare(candidate.Original.Predict(rows), scorer.Score(rows), candidate.Schema.Output.Width, candidate.Threshold);
            if (candidate.Original is OwnModel own)
                own.Check(report);
            ParityPolicy.Check(report);
            progress.Say($"ONNX Runtime against the trained model: {report}");
        }
    }

    private static GoldenSet Golden(
        DatasetSurvey survey, string dataset, FeatureEncoder encoder, EncodedRows holdout, float[] scores, ModelSchema schema, OnnxScorer scorer)
    {
        var numbers = GoldenSetBuilder.Choose(holdout, scores, schema).Select(row => holdout.Numbers[row]).ToList();
        var records = EncodedDataset.ReadRecords(survey, numbers.ToHashSet(), File.OpenRead(dataset));
        return GoldenSetBuilder.Build(encoder, [.. numbers.Select(number => records[number])], scorer, schema.Output.Width);
    }

    private static TrainingEvidence Evidence(FitPlan plan, string dataset, DatasetSurvey survey, CandidateModel candidate)
    {
        using var content = File.OpenRead(dataset);
        return new(
            plan.Trainer.Name,
            plan.Hyperparameters.ToWords(),
            plan.Seed,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            survey.Sides.Count,
            Convert.ToHexStringLower(SHA256.HashData(candidate.Onnx)),
            Libraries.Architecture,
            Libraries.Versions);
    }

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private sealed record FitPlan(IModelTrainer Trainer, HyperparameterSet Hyperparameters, int Seed);
}
