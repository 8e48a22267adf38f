namespace Slipway.Trainer.Data;

/// <summary>Work on rows in batches, on all cores. Which rows make a batch does not depend on the number of cores, so neither do results.</summary>
internal static class RowBatches
{
    /// <param name="work">Given the first row of a batch and the number of its rows. It must not write where another batch does.</param>
    /// <exception cref="Exception">That of a batch which failed.</exception>
    public static void InParallel(int rows, int batchSize, Action<int, int> work)
    {
        var batches = (rows + batchSize - 1) / batchSize;
        if (batches == 1)
            work(0, rows);
        else
            Concurrently.Unwrapped(() => Parallel.For(0, batches, Concurrently.OnAllCores, batch =>
                work(batch * batchSize, Math.Min(batchSize, rows - (batch * batchSize)))));
    }
}
