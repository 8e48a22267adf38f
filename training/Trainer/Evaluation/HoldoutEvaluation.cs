using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Trainer.Candidates;
using Slipway.Trainer.Data;
using Slipway.Trainer.Job;

namespace Slipway.Trainer.Evaluation;

/// <summary>The complete evaluation of a candidate, on rows that were not used for training or tuning.</summary>
/// <param name="open">Opens the dataset again, for the champion's own encoding.</param>
public sealed class HoldoutEvaluation(
    ModelSpec spec, DatasetSurvey survey, Func<Stream> open, JobProgress progress, TimeProvider time)
{
    // seed of resamples and permutations: measurements do not change with the seed of the training
    private const int Seed = 1;

    public EvaluatedHoldout Evaluate(
        CandidateModel candidate, OnnxScorer scorer, EncodedRows holdout, float[] scores, string? champion, CancellationToken cancellation)
    {
        var metrics = ScoredRows.Of(spec.Task, scores, holdout.Labels, candidate.Threshold, Value).ToMetrics(Seed, cancellation);
        progress.Report($"On {holdout.Count} holdout rows{(candidate.Threshold is { } threshold ? FormattableString.Invariant($", threshold {threshold:0.####}") : "")}:");
        progress.Report(metrics);

        var compared = champion is null ? null : Compare(champion, cancellation);
        var measured = new ModelMetrics(
            metrics,
            new SliceEvaluation(candidate.Schema, Value, Seed).Evaluate(spec.Slices ?? [], holdout, scores),
            compared?.Metrics,
            survey.ToMetrics(),
            LatencyProbe.Measure(scorer, holdout.Row(0), time),
            candidate.Onnx.Length,
            new PermutationImportance(spec.Task, scorer.Score).Of(candidate.Schema.Columns, holdout.Values, holdout.Labels, Seed, cancellation),
            compared is null ? null : Disagreements.Between(spec.Task, holdout.Count, new(scores, candidate.Threshold), new(compared.Scores, compared.Threshold)));
        return new(measured, compared?.Scores);
    }

    private PredictionValue? Value => PredictionValue.Of(spec.Value, spec.Task, survey.Label.Classes);

    /// <summary>If the champion cannot be compared, the candidate is not lost: the gates decide about that.</summary>
    private ChampionEvaluation? Compare(string path, CancellationToken cancellation)
    {
        try
        {
            using var champion = ChampionModel.Open(path);
            if (champion.Obstacle(spec, survey.Header, survey.Label.Classes) is { } obstacle)
            {
                progress.Report($"The champion is not compared: {obstacle}");
                return null;
            }

            var compared = champion.Evaluate(survey, Value, open, Seed, cancellation);
            progress.Report($"The champion on the same rows: {string.Join(", ", compared.Metrics.Select(metric => FormattableString.Invariant($"{metric.Key} {metric.Value.Value:0.0000}")))}");
            return compared;
        }
        catch (Exception e) when (e is SlipwayException or OnnxRuntimeException)
        {
            progress.Report($"The champion is not compared: {e.Message}");
            return null;
        }
    }
}

/// <param name="ChampionScores">On the same rows; null if there is no champion or it could not be compared.</param>
public sealed record EvaluatedHoldout(ModelMetrics Metrics, float[]? ChampionScores);
