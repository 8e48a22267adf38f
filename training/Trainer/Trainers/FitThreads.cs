using Slipway.Trainer.Data;

namespace Slipway.Trainer.Trainers;

/// <summary>
/// How many threads are useful for training trees. They wait for each other after every column: with few rows, that is most of what they do, and
/// on a busy machine it turns a fifth of a second into several seconds. The trees are the same for any number.
/// </summary>
internal static class FitThreads
{
    private const int ValuesWorthThreads = 1_000_000;

    /// <returns>Null for as many as there are cores.</returns>
    public static int? For(EncodedRows rows) => rows.Values.Length < ValuesWorthThreads ? 1 : null;
}
