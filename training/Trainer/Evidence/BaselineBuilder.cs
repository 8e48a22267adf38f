using Slipway.Registry.Models;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evidence;

/// <summary>
/// The distribution of the training rows, column by column: up to 64 bins of equal frequency for numbers, a count for each category. And the same of the scores
/// on the holdout: on the rows that it was trained on, a model is surer than it will ever be again.
/// </summary>
public static class BaselineBuilder
{
    private const int MaxBins = 64;

    // an edge between fewer values is mostly chance
    private const int MinInBin = 10;

    /// <param name="schema">Of the model.</param>
    /// <param name="scores">Of the holdout, row after row.</param>
    public static FeatureBaseline Build(DatasetSurvey survey, IReadOnlyList<ColumnSchema> columns, EncodedRows training, ModelSchema schema, float[] scores)
    {
        var baselines = new List<ColumnBaseline>();
        var bins = new List<NumericBins>();
        var feature = 0;
        foreach (var (profile, column) in survey.Profiles.Zip(columns))
        {
            baselines.Add(profile switch
            {
                NumericProfile numeric => Numeric(numeric, column, feature, bins),
                CategoricalProfile categorical => Categorical(categorical, column),
                _ => throw new ArgumentOutOfRangeException(nameof(survey), profile, "No such kind of column."),
            });
            feature += column.Categories?.Count ?? 1;
        }

        Count(training, [.. bins]);
        return new(training.Count, baselines, schema.Task == ModelTask.Multiclass ? Classes(schema, scores) : Scores(schema, scores));
    }

    /// <param name="bins">Where its rows are counted, together with those of the other columns.</param>
    private static ColumnBaseline Numeric(NumericProfile profile, ColumnSchema column, int feature, List<NumericBins> bins)
    {
        var edges = Edges(profile.Sample, profile.Moments.Count);
        var counts = new long[edges.Length + 1];
        // missing values are encoded as the imputed one; they are counted separately
        counts[Bin(edges, column.Imputed!.Value)] -= profile.MissingInTraining;
        bins.Add(new(feature, edges, counts));
        return new(profile.Name, column.Kind, edges, counts, profile.MissingInTraining, profile.Moments.Mean, profile.Moments.StandardDeviation);
    }

    // all columns in one pass: one pass for each would read all rows from memory as often
    private static void Count(EncodedRows training, NumericBins[] bins)
    {
        for (var row = 0; row < training.Count; row++)
        {
            var values = training.Row(row);
            foreach (var (feature, edges, counts) in bins)
                counts[Bin(edges, values[feature])]++;
        }
    }

    private static ColumnBaseline Categorical(CategoricalProfile profile, ColumnSchema column) => new(
        profile.Name,
        column.Kind,
        Edges: null,
        [.. profile.CountsOf(column), 0],
        profile.MissingInTraining,
        Mean: null,
        StandardDeviation: null);

    private static ColumnBaseline Scores(ModelSchema schema, float[] scores)
    {
        var (sample, moments) = (new ValueSample(), new RunningMoments());
        float[] finite = [.. scores.Where(float.IsFinite)];
        foreach (var score in finite)
        {
            sample.Add(score);
            moments.Add(score);
        }

        var edges = finite.Length == 0 ? [] : Edges(sample, finite.Length);
        var counts = new long[edges.Length + 1];
        foreach (var score in finite)
            counts[Bin(edges, score)]++;
        return new(schema.Output.Name, ColumnKind.Numeric, edges, counts, scores.Length - finite.Length, moments.Mean, moments.StandardDeviation);
    }

    /// <summary>Which class has the highest score, as a category.</summary>
    private static ColumnBaseline Classes(ModelSchema schema, float[] scores)
    {
        var width = schema.Output.Width;
        var counts = new long[width + 1];
        for (var row = 0; row + width <= scores.Length; row += width)
            counts[Greatest(scores.AsSpan(row, width))]++;
        return new(schema.Label, ColumnKind.Categorical, Edges: null, counts, Missing: 0, Mean: null, StandardDeviation: null);
    }

    /// <summary>The first of several, as for a server.</summary>
    private static int Greatest(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best])
                best = i;
        return best;
    }

    /// <summary>A value that covers several quantiles is one edge.</summary>
    private static float[] Edges(ValueSample sample, long values)
    {
        var bins = (int)Math.Clamp(values / MinInBin, 2, MaxBins);
        return [.. Enumerable.Range(1, bins - 1).Select(i => sample.Quantile((double)i / bins)).Distinct()];
    }

    /// <summary>Bin i contains edge i-1 &lt; x &lt;= edge i.</summary>
    private static int Bin(float[] edges, float value)
    {
        var place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place;
    }

    private readonly record struct NumericBins(int Feature, float[] Edges, long[] Counts);
}
