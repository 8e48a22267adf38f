using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Trainer.Candidates;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Proposals.FirstModels;

/// <summary>A first model with a trainer's defaults, evaluated on the validation rows.</summary>
/// <param name="Validation">The leading metric there.</param>
public sealed record FirstModel(ModelSpec Spec, CandidateModel Candidate, Metric Validation)
{
    // seed of the resamples, as in the job
    private const int Seed = 1;

    public static string LeadingMetric(ModelTask task) => MetricNames.For(task)[0];

    /// <exception cref="SlipwayException">The trainer cannot run here, or found nothing.</exception>
    public static FirstModel Fit(ModelSpec spec, FirstModelData data, JobProgress progress, TimeProvider time, CancellationToken cancellation)
    {
        var trainer = ModelTrainers.All.For(spec);
        var hyperparameters = HyperparameterSet.Resolve(trainer.Name, trainer.Hyperparameters, spec.Hyperparameters, new Dictionary<string, string>());
        var source = new FittedCandidate(trainer, hyperparameters, spec.Seed, time);
        var candidate = source.Make(new(spec, data.Columns, data.Survey.Label.Classes, data.Rows), progress);
        using var scorer = new OnnxScorer(candidate.Onnx, candidate.Schema.Output);
        source.Prove(candidate, scorer, data.Rows, progress, cancellation);
        var validation = data.Rows.Validation;
        var metrics = ScoredRows.Of(spec.Task, scorer.Score(validation), validation.Labels, candidate.Threshold).ToMetrics(Seed, cancellation);
        return new(spec, candidate, metrics.GetValueOrDefault(LeadingMetric(spec.Task)) ?? new(double.NaN));
    }

    /// <summary>
    /// The one-standard-error rule: the first of the two, which is the simpler, unless the other is better by more than its standard error.
    /// </summary>
    public static FirstModel Better(FirstModel simpler, FirstModel other)
    {
        // a 95 % interval is 2 x 1.96 standard errors wide
        var error = simpler.Validation is { Low: { } low, High: { } high } ? (high - low) / 3.92 : 0;
        return Gain(simpler, other) > error || !double.IsFinite(simpler.Validation.Value) ? other : simpler;
    }

    /// <summary>By how much the second is better on the validation rows.</summary>
    public static double Gain(FirstModel first, FirstModel second)
    {
        var gain = second.Validation.Value - first.Validation.Value;
        return MetricDirection.LowerIsBetter(LeadingMetric(first.Spec.Task)) ? -gain : gain;
    }

    /// <summary>On the holdout, with slices, latency and size: what the job will measure with this spec.</summary>
    public ModelMetrics Measure(FirstModelData data, TimeProvider time, CancellationToken cancellation)
    {
        using var scorer = new OnnxScorer(Candidate.Onnx, Candidate.Schema.Output);
        var evaluation = new HoldoutEvaluation(Spec, data.Survey, () => File.OpenRead(data.Path), new(TextWriter.Null, time), time);
        return evaluation.Evaluate(Candidate, scorer, data.Rows.Holdout, scorer.Score(data.Rows.Holdout), champion: null, cancellation).Metrics;
    }
}
