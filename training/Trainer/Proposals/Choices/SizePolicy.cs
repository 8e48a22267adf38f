using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Inspection;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>What depends on the number of rows: whether there are enough at all, the split, and how large trees may grow.</summary>
public static class SizePolicy
{
    private const int MinRows = 40;
    private const int MinRowsPerClass = 10;
    private const int FewTrainingRows = 1000;
    private const int VeryFewTrainingRows = 200;

    /// <exception cref="SlipwayException">There are too few; the message says how many are needed.</exception>
    public static void Check(DatasetSummary summary)
    {
        if (summary.Rows < MinRows)
            throw new SlipwayException(
                $"{summary.Source} has {summary.Rows} {(summary.Rows == 1 ? "row" : "rows")}. At least {MinRows} are needed for training, validation and holdout; a few hundred give meaningful metrics.");
    }

    /// <exception cref="SlipwayException">There are too few of a class; the message says how many are needed.</exception>
    public static void Check(LabelChoice label, string source)
    {
        if (label.Task == ModelTask.Regression)
            return;

        var words = label.Summary.Values!.OrderBy(word => word.Value).ToList();
        var scarce = label.Task == ModelTask.Binary ? words[0] : words[^2];
        if (scarce.Value < MinRowsPerClass)
            throw new SlipwayException(
                $"{source}: of {label.Summary.Rows} rows only {scarce.Value} have '{label.Name}' = '{scarce.Key}'. " +
                $"At least {MinRowsPerClass} rows of {(label.Task == ModelTask.Binary ? "each class" : "two classes")} are needed, so that training, validation and holdout all get some: add more of them.");
    }

    /// <summary>With few rows, a larger share is held out, so that the metrics are meaningful.</summary>
    public static SplitSpec Split(long rows) => rows switch
    {
        < 2_000 => new(0.2, 0.3),
        < 100_000 => new(0.2, 0.2),
        _ => new(0.1, 0.1),
    };

    /// <summary>Hyperparameters if the defaults would underfit or overfit with so few rows; null if they are fine.</summary>
    public static IReadOnlyDictionary<string, double>? Hyperparameters(IModelTrainer trainer, double trainingRows)
    {
        if (trainingRows >= FewTrainingRows)
            return null;

        var (leaves, perLeaf) = trainingRows < VeryFewTrainingRows ? (4, 3) : (8, 5);
        var wanted = trainer.Name == TrainerNames.Linear
            ? new Dictionary<string, double> { ["l1Regularization"] = 0.1, ["l2Regularization"] = 1 }
            : new Dictionary<string, double> { ["numberOfLeaves"] = leaves, ["minimumExampleCountPerLeaf"] = perLeaf };
        var known = wanted.Where(value => trainer.Hyperparameters.Any(parameter => parameter.Name == value.Key)).ToDictionary();
        return known.Count == 0 ? null : known;
    }

    /// <summary>Up to two categorical features with few categories, all of which have enough holdout rows.</summary>
    public static IReadOnlyList<string> Slices(IEnumerable<ColumnChoice> columns, long rows, SplitSpec split)
    {
        const int MaxCategories = 8, MinHeldOut = 20, MaxNamed = 2;
        return [.. columns
            .Where(column => column is { Role: ColumnRole.Categorical, Summary.Distinct: > 1 and <= MaxCategories }
                && column.Summary.Values!.Values.Min() * split.Holdout >= MinHeldOut)
            .OrderBy(column => column.Summary.Distinct)
            .Take(MaxNamed)
            .Select(column => column.Name)];
    }
}
