namespace Slipway.Tests.Properties;

/// <summary>The bytes that a call allocates on this thread: unlike its time, they do not depend on the machine.</summary>
internal static class Allocated
{
    public static long By(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
