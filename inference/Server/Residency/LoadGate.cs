namespace Slipway.Inference.Residency;

/// <summary>
/// Lets a limited number of loads in at a time, in the order in which they came. A place can be given a time limit, after which the next one is let in although
/// the holder is still at work: a store that delivers one archive slowly must not delay all other models.
/// </summary>
public sealed class LoadGate(int places, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _queue = new();
    private int _free = places;

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    /// <param name="most">When the place is free again at the latest; null for no limit.</param>
    public async Task<IDisposable> EnterAsync(TimeSpan? most, CancellationToken cancellation)
    {
        if (Queue() is { } turn)
            await WaitAsync(turn, cancellation);
        return new Place(this, most, time);
    }

    // null if a place was free
    private LinkedListNode<TaskCompletionSource>? Queue()
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            return _queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> turn, CancellationToken cancellation)
    {
        try
        {
            await turn.Value.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> turn)
    {
        lock (_lock)
            if (turn.List is not null)
            {
                _queue.Remove(turn);
                return;
            }

        Release(); // its turn came at the same time
    }

    private void Release()
    {
        lock (_lock)
        {
            if (_queue.First is { } next)
            {
                _queue.RemoveFirst();
                next.Value.SetResult();
            }
            else
            {
                _free++;
            }
        }
    }

    private sealed class Place : IDisposable
    {
        private readonly LoadGate _gate;
        private readonly ITimer? _timer;
        private int _left;

        public Place(LoadGate gate, TimeSpan? most, TimeProvider time)
        {
            _gate = gate;
            if (most is { } limit)
                _timer = time.CreateTimer(static place => ((Place)place!).Leave(), this, limit, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer?.Dispose();
            Leave();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                _gate.Release();
        }
    }
}
