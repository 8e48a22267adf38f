using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Proposals.FirstModels;

/// <summary>A dataset that is surveyed, split and encoded exactly as the job will do it.</summary>
public sealed record FirstModelData(string Path, DatasetSurvey Survey, IReadOnlyList<ColumnSchema> Columns, FeatureEncoder Encoder, EncodedDataset Rows)
{
    /// <exception cref="SlipwayException">It cannot be trained on; the message says why.</exception>
    public static FirstModelData Read(ModelSpec spec, string path, string source, CancellationToken cancellation)
    {
        var survey = DatasetSurvey.Read(spec, File.OpenRead(path), source, cancellation);
        var columns = survey.ToSchema();
        var encoder = new FeatureEncoder(columns);
        var rows = EncodedDataset.Read(survey, encoder, File.OpenRead(path), cancellation);
        return spec.Task != ModelTask.Multiclass || rows.Holdout.Labels.Distinct().Count() > 1
            ? new(path, survey, columns, encoder, rows)
            : throw new SlipwayException(
                $"{source}: of {rows.Holdout.Count} holdout rows all have '{spec.Label}' = '{survey.Label.Classes[(int)rows.Holdout.Labels[0]]}', so no metric could distinguish a good model from a constant. Add more rows of the other classes.");
    }

    /// <summary>The holdout metrics of a constant prediction: the class rates, or the mean, of the training rows.</summary>
    public IReadOnlyDictionary<string, double> Chance(ModelTask task)
    {
        var constant = Constant(task);
        float[] scores = [.. Enumerable.Range(0, Rows.Holdout.Count).SelectMany(_ => constant)];
        var scored = ScoredRows.Of(task, scores, Rows.Holdout.Labels, threshold: 0.5);
        var chance = scored.Metrics.Zip(scored.Measure()).ToDictionary(metric => metric.First, metric => metric.Second, StringComparer.Ordinal);
        if (chance.ContainsKey("r2"))
            chance["r2"] = 0; // the reference; the mean of other rows is slightly worse
        return chance;
    }

    private float[] Constant(ModelTask task)
    {
        var labels = Rows.Training.Labels;
        return task == ModelTask.Multiclass
            ? [.. Survey.Label.Classes.Select((_, index) => labels.Count(label => label == index) / (float)labels.Length)]
            : [(float)labels.Average(label => (double)label)];
    }
}
