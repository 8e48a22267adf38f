namespace Slipway.Registry.Storage;

/// <summary>
/// Mutual exclusion of everything that writes to a directory store on this machine. Between processes, it is the operating system's lock
/// on a file, which ends with the process however that ends; within a process, it is a queue, so that no writer starves.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // shared by all stores of the process: two stores on one folder must queue too, and sharing a slot costs only a short wait
    private static readonly SemaphoreSlim[] Queues = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    private readonly SemaphoreSlim _queue;
    private readonly FileStream _file;

    private DirectoryLock(SemaphoreSlim queue, FileStream file) => (_queue, _file) = (queue, file);

    public static async Task<DirectoryLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Limit, time, cancellation);
        try
        {
            return await TakeAsync(Queues[(uint)string.GetHashCode(path, StringComparison.Ordinal) % Queues.Length], path, time, deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.HasPassed)
        {
            throw new SlipwayException(
                $"Another process has held the store's lock '{path}' for {Limit.TotalSeconds:0} s. "
                + "Find it with 'fuser' or 'lsof' on that file and stop it; the lock is released with the process.", e);
        }
    }

    private static async Task<DirectoryLock> TakeAsync(SemaphoreSlim queue, string path, TimeProvider time, CancellationToken cancellation)
    {
        await queue.WaitAsync(cancellation);
        try
        {
            FileStream? file;
            while ((file = TryOpen(path)) is null)
                await Task.Delay(Pause, time, cancellation);
            return new(queue, file);
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    // FileShare.None is flock(LOCK_EX) on Unix and a sharing mode on Windows
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (DirectoryErrors.IsHeldByAnother(e))
        {
            return null;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _queue.Release();
    }
}
