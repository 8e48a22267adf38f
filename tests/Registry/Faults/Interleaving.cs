using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>
/// Processes that share a store: their requests come one at a time, in an order that random numbers decide, so that one seed is one interleaving. A process may die before any
/// of its requests: then it never continues, and nothing of it is caught or cleaned up.
/// </summary>
internal sealed class Interleaving(MemoryStore store, Random random)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly List<(TaskCompletionSource Turn, int Process)> _waiting = [];
    private readonly Dictionary<int, TaskCompletionSource> _reached = [];

    /// <param name="dies">How many requests the first process makes before it dies; null if it does not.</param>
    public async Task RunAsync(int? dies, params Func<IObjectStore, Task>[] processes)
    {
        var running = new List<Task>();
        for (var number = 0; number < processes.Length; number++)
        {
            var (process, reached) = (number, Expect(number));
            running.Add(processes[process](new TurnStore(store, () => TurnAsync(process))));
            await AtItsNextRequestAsync(reached, running[process]);
        }

        var (made, isDead) = (0, false);
        while (_waiting.Count > 0)
        {
            var at = random.Next(_waiting.Count);
            var (turn, process) = _waiting[at];
            _waiting.RemoveAt(at);
            if (process == 0 && made++ == dies)
            {
                isDead = true;
                continue;
            }

            var reached = Expect(process);
            turn.SetResult();
            await AtItsNextRequestAsync(reached, running[process]);
        }

        await Task.WhenAll(running.Skip(isDead ? 1 : 0));
    }

    private Task Expect(int process) => (_reached[process] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    // only then is anything else let on, so that the order is the seed's whatever threads continue where
    private static Task AtItsNextRequestAsync(Task reached, Task process) => Task.WhenAny(reached, process).WaitAsync(Timeout, TimeProvider.System);

    private Task TurnAsync(int process)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((turn, process));
        _reached[process].SetResult();
        return turn.Task;
    }

    private sealed class TurnStore(IObjectStore inner, Func<Task> turn) : IObjectStore
    {
        public Task<StoredObject?> GetAsync(string key, string? version = null, CancellationToken cancellation = default) => InTurnAsync(() => inner.GetAsync(key, version, cancellation));
        public Task<ConditionalRead> GetIfChangedAsync(string key, string? etag, CancellationToken cancellation = default) => InTurnAsync(() => inner.GetIfChangedAsync(key, etag, cancellation));
        public Task<ObjectInfo?> HeadAsync(string key, string? version = null, CancellationToken cancellation = default) => InTurnAsync(() => inner.HeadAsync(key, version, cancellation));
        public Task<ObjectInfo?> PutAsync(string key, Stream content, PutCondition condition, CancellationToken cancellation = default) => InTurnAsync(() => inner.PutAsync(key, content, condition, cancellation));

        public Task<ObjectInfo?> CopyAsync(string key, string version, string to, PutCondition condition, CancellationToken cancellation = default) =>
            InTurnAsync(() => inner.CopyAsync(key, version, to, condition, cancellation));

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellation = default) => ListInTurnAsync(() => inner.ListAsync(prefix, cancellation));
        public IAsyncEnumerable<string> ListKeysAsync(string prefix, string? after = null, CancellationToken cancellation = default) => ListInTurnAsync(() => inner.ListKeysAsync(prefix, after, cancellation));
        public IAsyncEnumerable<string> ListFoldersAsync(string folder, CancellationToken cancellation = default) => ListInTurnAsync(() => inner.ListFoldersAsync(folder, cancellation));
        public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellation = default) => InTurnAsync(() => inner.GetTagsAsync(key, cancellation));

        public async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation = default)
        {
            await turn();
            await inner.SetTagsAsync(key, tags, cancellation);
        }

        public async Task DeleteAsync(string key, CancellationToken cancellation = default)
        {
            await turn();
            await inner.DeleteAsync(key, cancellation);
        }

        private async Task<T> InTurnAsync<T>(Func<Task<T>> request)
        {
            await turn();
            return await request();
        }

        private async IAsyncEnumerable<T> ListInTurnAsync<T>(Func<IAsyncEnumerable<T>> request)
        {
            await turn();
            await foreach (var found in request())
                yield return found;
        }
    }
}
