using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Slipway.Inference.Generations;

/// <summary>
/// Work on a thread of its own with a lower priority than the threads that answer requests: whenever one of these has something to do, it gets the core. Whatever the
/// work awaits continues on the same thread, unless that awaits nothing of its caller (<c>ConfigureAwait(false)</c>).
/// </summary>
public sealed class BackgroundWork : TaskScheduler
{
    // A tenth of the processor time of a thread with the normal priority, if both want the same core: a machine that is always busy still verifies a version in time.
    private const int Nicer = 10;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread _thread;

    private BackgroundWork(string name)
    {
        _thread = new(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <param name="name">Of the thread, for people who look at a busy process.</param>
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        var thread = new BackgroundWork(name);
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, thread).Unwrap();
        }
        finally
        {
            thread._tasks.CompleteAdding();
        }
    }

    public static Task<T> RunAsync<T>(string name, Func<T> work) => RunAsync(name, () => Task.FromResult(work()));

    public static Task RunAsync(string name, Action work) => RunAsync(name, () =>
    {
        work();
        return true;
    });

    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException)
        {
            // something that the work has started and did not wait for
            ThreadPool.UnsafeQueueUserWorkItem(left => TryExecuteTask(left), task, preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Thread.CurrentThread == _thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();

    private void Run()
    {
        LowerPriority();
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
        _tasks.Dispose();
    }

    // .NET does nothing for a priority on Linux, where it is one of the thread and not of the process
    private static void LowerPriority()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Nice(Nicer);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // another C library: then it has the normal priority
        }
    }

    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int increment);
}
