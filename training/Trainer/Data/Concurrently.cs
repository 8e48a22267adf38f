using System.Runtime.ExceptionServices;

namespace Slipway.Trainer.Data;

/// <summary>Work that does not depend on other work, on all cores. It fails as work on one core would: with the exception of what failed.</summary>
internal static class Concurrently
{
    public static ParallelOptions OnAllCores { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Returns when all of it is done, or the first failure and what had begun by then.</summary>
    public static void Run(params Action[] work) => Unwrapped(() => Parallel.Invoke(OnAllCores, work));

    public static void Unwrapped(Action parallel)
    {
        try
        {
            parallel();
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
