using Slipway.Registry;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Trainer.Data;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.BoostedTrees;

namespace Slipway.Trainer.Domains;

/// <summary>
/// Fits small boosted trees that tell rows of the training data from logged ones, on four fifths of them, and orders the others with them, five times. Which columns
/// tell them apart follows from dealing the values of one column anew among the rows that were left out.
/// </summary>
public sealed class DomainClassifier(CancellationToken cancellation = default)
{
    private const int Folds = 5;

    private static readonly string[] Classes = ["training", "logged"];

    private static readonly Dictionary<string, double> Small = new() { ["numberOfTrees"] = 40, ["numberOfLeaves"] = 8, ["minimumExampleCountPerLeaf"] = 20 };

    private readonly BoostedTreesBinary _trees = new();

    public DomainScore Score(DomainSamples samples)
    {
        var rows = Rows(samples);
        var fold = Deal(rows, samples.Seed);
        var importances = samples.Columns.ToDictionary(column => column.Name, _ => 0.0, StringComparer.Ordinal);
        var folds = new List<DomainFold>();
        for (var left = 0; left < Folds; left++)
        {
            cancellation.ThrowIfCancellationRequested();
            var held = Part(rows, row => fold[row] == left);
            var score = Fit(samples, Part(rows, row => fold[row] != left));
            var auc = Auc(score(held), held.Labels);
            folds.Add(new(held.Labels.Count(label => label == 0), held.Labels.Count(label => label == 1), auc));
            foreach (var (name, dealt) in Dealt(samples, held))
                importances[name] += (auc - Auc(score(dealt), held.Labels)) / Folds;
        }

        return new(folds, [.. samples.Columns.Select(column => new DomainImportance(column.Name, importances[column.Name]))]);
    }

    /// <summary>The probability that a logged row is ordered after one of the training data; of equal scores, half.</summary>
    internal static double Auc(float[] scores, float[] labels)
    {
        var (keys, sorted) = ((float[])scores.Clone(), (float[])labels.Clone());
        Array.Sort(keys, sorted);
        var (sum, logged) = (0.0, 0L);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start; end < keys.Length && keys[end].Equals(keys[start]);)
                end++;
            var rank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
                if (sorted[i] == 1)
                    (sum, logged) = (sum + rank, logged + 1);
        }

        return (sum - logged * (logged + 1) / 2.0) / (logged * (double)(keys.Length - logged));
    }

    private Func<EncodedRows, float[]> Fit(DomainSamples samples, EncodedRows rows)
    {
        string[] features = [.. samples.Columns.SelectMany(column => Enumerable.Range(0, column.Width).Select(i => $"{column.Name}={i}"))];
        try
        {
            return _trees.Fit(new(rows, features, Classes, HyperparameterSet.Resolve("the domain classifier", _trees.Hyperparameters, Small, new Dictionary<string, string>()), samples.Seed)).Predict;
        }
        catch (SlipwayException e) when (e.InnerException is ArgumentNullException)
        {
            // nothing distinguishes them, so nothing orders them
            return held => new float[held.Count];
        }
    }

    private static EncodedRows Rows(DomainSamples samples)
    {
        var width = samples.Columns.Sum(column => column.Width);
        var rows = new EncodedRows(width, (samples.Training.Length + samples.Logged.Length) / width);
        Add(samples.Training, label: 0);
        Add(samples.Logged, label: 1);
        return rows;

        void Add(float[] sample, float label)
        {
            for (var at = 0; at < sample.Length; at += width)
                rows.Add(sample.AsSpan(at, width), label, rows.Count + 1);
        }
    }

    /// <summary>As many rows of each kind in every fold.</summary>
    private static int[] Deal(EncodedRows rows, int seed)
    {
        var random = new Random(seed);
        var fold = new int[rows.Count];
        foreach (var label in new[] { 0f, 1f })
        {
            int[] members = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Labels[row] == label)];
            random.Shuffle(members);
            for (var i = 0; i < members.Length; i++)
                fold[members[i]] = i % Folds;
        }

        return fold;
    }

    private static EncodedRows Part(EncodedRows rows, Func<int, bool> belongs)
    {
        int[] members = [.. Enumerable.Range(0, rows.Count).Where(belongs)];
        var part = new EncodedRows(rows.Width, members.Length);
        foreach (var row in members)
            part.Add(rows.Row(row), rows.Labels[row], rows.Numbers[row]);
        return part;
    }

    private static IEnumerable<(string Name, EncodedRows Rows)> Dealt(DomainSamples samples, EncodedRows held)
    {
        var order = new int[held.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        new Random(samples.Seed).Shuffle(order);
        var offset = 0;
        foreach (var column in samples.Columns)
        {
            var dealt = Part(held, _ => true);
            for (var row = 0; row < held.Count; row++)
                held.Row(order[row]).Slice(offset, column.Width).CopyTo(dealt.Values.AsSpan(row * held.Width + offset, column.Width));
            yield return (column.Name, dealt);
            offset += column.Width;
        }
    }
}
