namespace Slipway.Trainer.Plots.Data;

/// <summary>An evenly spaced sample of rows, so that a plot of a large holdout stays small.</summary>
public static class RowSample
{
    public static IReadOnlyList<int> Of(int rows, int most) => rows <= most
        ? [.. Enumerable.Range(0, rows)]
        : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * rows / most))];
}
