using Slipway.Registry.Models;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Evidence;

/// <summary>The distribution of the training rows, column by column: ten bins of equal frequency for numbers, a count for each category.</summary>
public static class BaselineBuilder
{
    private const int Bins = 10;

    public static FeatureBaseline Build(DatasetSurvey survey, IReadOnlyList<ColumnSchema> columns, EncodedRows training)
    {
        var baselines = new List<ColumnBaseline>();
        var feature = 0;
        foreach (var (profile, column) in survey.Profiles.Zip(columns))
        {
            baselines.Add(profile switch
            {
                NumericProfile numeric => Numeric(numeric, column, training, feature),
                CategoricalProfile categorical => Categorical(categorical, column),
                _ => throw new ArgumentOutOfRangeException(nameof(survey), profile, "No such kind of column."),
            });
            feature += column.Categories?.Count ?? 1;
        }

        return new(training.Count, baselines);
    }

    private static ColumnBaseline Numeric(NumericProfile profile, ColumnSchema column, EncodedRows training, int feature)
    {
        // a value that covers several deciles is one edge
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(i => profile.Sample.Quantile((double)i / Bins)).Distinct()];
        var counts = new long[edges.Length + 1];
        for (var row = 0; row < training.Count; row++)
            counts[Bin(edges, training.Row(row)[feature])]++;
        // missing values are encoded as the imputed one; they are counted separately
        counts[Bin(edges, column.Imputed!.Value)] -= profile.MissingInTraining;
        return new(profile.Name, column.Kind, edges, counts, profile.MissingInTraining, profile.Moments.Mean, profile.Moments.StandardDeviation);
    }

    private static ColumnBaseline Categorical(CategoricalProfile profile, ColumnSchema column) => new(
        profile.Name,
        column.Kind,
        Edges: null,
        [.. profile.CountsOf(column), 0],
        profile.MissingInTraining,
        Mean: null,
        StandardDeviation: null);

    /// <summary>Bin i contains edge i-1 &lt; x &lt;= edge i.</summary>
    private static int Bin(float[] edges, float value)
    {
        var place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place;
    }
}
