namespace Slipway.Trainer.Plots.Data;

/// <summary>How often each class was predicted as which. Beyond a dozen classes, the rarest are merged into one.</summary>
/// <param name="Classes">The names of both rows and columns.</param>
/// <param name="Counts">Actual class by predicted class.</param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Classes, int[][] Counts)
{
    private const int MaxClasses = 12;

    /// <param name="actual">Class indexes.</param>
    /// <param name="predicted">Class indexes, in the same order of rows.</param>
    public static ConfusionMatrix Of(IReadOnlyList<string> classes, ReadOnlySpan<float> actual, ReadOnlySpan<int> predicted)
    {
        var shown = Shown(classes, actual);
        var merged = shown.Length < classes.Count;
        string[] names = merged ? [.. shown.Select(index => classes[index]), $"{classes.Count - shown.Length} others"] : [.. classes];
        int[][] counts = [.. names.Select(_ => new int[names.Length])];
        for (var row = 0; row < actual.Length; row++)
            counts[Place((int)actual[row])][Place(predicted[row])]++;
        return new(names, counts);

        int Place(int index) => Array.BinarySearch(shown, index) is >= 0 and var place ? place : shown.Length;
    }

    /// <summary>The most frequent ones, in the order of the model.</summary>
    private static int[] Shown(IReadOnlyList<string> classes, ReadOnlySpan<float> actual)
    {
        if (classes.Count <= MaxClasses)
            return [.. Enumerable.Range(0, classes.Count)];

        var rows = new int[classes.Count];
        foreach (var label in actual)
            rows[(int)label]++;
        return [.. Enumerable.Range(0, classes.Count).OrderByDescending(index => rows[index]).Take(MaxClasses - 1).Order()];
    }
}
