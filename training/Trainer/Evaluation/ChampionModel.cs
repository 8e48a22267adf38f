using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evaluation;

/// <summary>
/// The champion, evaluated on the candidate's holdout. It encodes raw rows its own way, by the schema in its metadata, but always compares categories by
/// value: it is not the champion's fault if a dataset contains 2.0 where it contained 2 before.
/// </summary>
public sealed class ChampionModel : IDisposable
{
    private readonly OnnxScorer _scorer;
    private readonly ModelSchema _schema;
    private readonly FeatureEncoder _encoder;

    private ChampionModel(OnnxScorer scorer, ModelSchema schema) =>
        (_scorer, _schema, _encoder) = (scorer, schema, new([.. schema.Columns.Select(column => column with { Form = column.Form ?? CategoryForm.ByValue })]));

    /// <exception cref="SlipwayException">It is not one of our models.</exception>
    public static ChampionModel Open(string path)
    {
        try
        {
            var onnx = File.ReadAllBytes(path);
            var json = OnnxScorer.Metadata(onnx, ModelSchema.MetadataKey)
                ?? throw new SlipwayException($"The champion has no '{ModelSchema.MetadataKey}' in its ONNX metadata.");
            var schema = CompleteJson.Deserialize(json, RegistryJson.Default.ModelSchema)
                ?? throw new SlipwayException("The champion's schema is null.");
            return new(new(onnx, schema.Output), schema);
        }
        catch (Exception e) when (e is JsonException or OnnxRuntimeException)
        {
            throw new SlipwayException($"The champion cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Why it cannot be compared with a candidate on this dataset; null if it can.</summary>
    public string? Obstacle(ModelSpec spec, IReadOnlyList<string> columns, IReadOnlyList<string> classes)
    {
        if (_schema.Task != spec.Task)
            return $"it is a {_schema.Task.ToString().ToLowerInvariant()} model";
        if (_schema.Label != spec.Label || !(_schema.Classes ?? []).SequenceEqual(classes))
            return $"it predicts '{_schema.Label}' ({string.Join("/", _schema.Classes ?? [])}), the candidate '{spec.Label}' ({string.Join("/", classes)})";
        if (spec.Task == ModelTask.Binary && _schema.Threshold is null)
            return "it has no threshold";
        var missing = _schema.Columns.Select(column => column.Name).Except(columns).ToList();
        return missing.Count > 0 ? $"the dataset lacks its columns {string.Join(", ", missing.Select(name => $"'{name}'"))}" : null;
    }

    /// <param name="value">By the candidate's spec: what predictions are worth may have changed since.</param>
    /// <param name="open">Opens the dataset again.</param>
    public ChampionEvaluation Evaluate(DatasetSurvey survey, PredictionValue? value, Func<Stream> open, int seed, CancellationToken cancellation)
    {
        int[] columns;
        using (var header = CsvRows.Open(open(), survey.Source))
            columns = [.. _schema.Columns.Select(column => header.IndexOf(column.Name))];
        var holdout = EncodedDataset.ReadHoldout(survey, _encoder, columns, open(), cancellation);
        var scores = _scorer.Score(holdout);
        return new(ScoredRows.Of(_schema.Task, scores, holdout.Labels, _schema.Threshold, value).ToMetrics(seed, cancellation), scores, _schema.Threshold);
    }

    public void Dispose() => _scorer.Dispose();
}

/// <param name="Scores">In the order of the candidate's holdout: the same rows.</param>
/// <param name="Threshold">The champion's own, for binary decisions; null for other tasks.</param>
public sealed record ChampionEvaluation(IReadOnlyDictionary<string, Metric> Metrics, float[] Scores, double? Threshold);
