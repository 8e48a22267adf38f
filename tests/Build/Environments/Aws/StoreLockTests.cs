using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Environments.Aws;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Aws;

public sealed class StoreLockTests
{
    private readonly List<string> _said = [];
    private FakeTimeProvider _time = null!;
    private LocalFolderFixture _fixture = null!;
    private DirectoryObjectStore _store = null!;

    [SetUp]
    public void MakeStore()
    {
        _said.Clear();
        _time = new();
        _fixture = new();
        _store = new(_fixture.Folders.Store, TimeProvider.System);
    }

    [TearDown]
    public void RemoveStore() => _fixture.Dispose();

    [Test]
    public async Task OneAfterTheOtherGetsIt()
    {
        await using (await TakeAsync("ann"))
        {
        }

        await using var second = await TakeAsync("bob");
        Assert.That(_said, Is.Empty);
    }

    [Test]
    public async Task OfThreeAtOnceExactlyOneGetsIt()
    {
        for (var round = 0; round < 20; round++)
        {
            using var enough = new CancellationTokenSource();
            var tries = new[] { "ann", "bob", "cid" }.Select(by => Task.Run(() => TakeAsync(by, enough.Token))).ToList();
            await using var taken = await await Task.WhenAny(tries);

            // no time passes, so nothing times out and nothing is taken over
            await enough.CancelAsync();
            var outcomes = tries.Select(one => ((Task)one).ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default));
            Assert.That((await Task.WhenAll(outcomes)).Count(won => won), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task LoserIsToldWhoHoldsIt()
    {
        await using var held = await TakeAsync("ann");

        var loser = TakeAsync("bob");
        await UntilAsync(() => Task.FromResult(_said.Count == 1));
        _time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(async () => (await _store.ReadAsync(StoreKeys.Lock("main"), LockJson.Default.LockRecord))!.Value.Renewal == 1);
        await PassAsync(loser);

        Assert.That(() => loser, Throws.TypeOf<SlipwayException>().With.Message.Contains("Deploy by ann on runner-7"));
        Assert.That(_said, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task LockOutlivesAStoreThatIsAwayForOneRenewal()
    {
        var away = new ObservedStore(_store);
        await using var held = await StoreLock.TakeAsync(away, "main", Wanted("ann"), _said.Add, _time, default);
        away.FailsNext = true;

        _time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(() => Task.FromResult(!away.FailsNext));
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return (await _store.ReadAsync(StoreKeys.Lock("main"), LockJson.Default.LockRecord))!.Value.Renewal == 1;
        });
    }

    [Test]
    public async Task LockOfACommandThatDiedIsTakenOver()
    {
        // written, and never renewed again
        await _store.WriteAsync(StoreKeys.Lock("main"), Wanted("ann"), LockJson.Default.LockRecord, PutCondition.Absent);

        var taking = TakeAsync("bob");
        await PassAsync(taking);

        await using var taken = await taking;
        var record = await _store.ReadAsync(StoreKeys.Lock("main"), LockJson.Default.LockRecord);
        Assert.That(record!.Value.By, Is.EqualTo("bob"));
    }

    [Test]
    public async Task HolderIsToldThatAnotherCommandHasTakenItOver()
    {
        var held = await TakeAsync("ann");
        await _store.WriteAsync(StoreKeys.Lock("main"), Wanted("bob"), LockJson.Default.LockRecord, PutCondition.None);

        await PassUntilAsync(() => held.Lost.IsCancellationRequested);

        await held.DisposeAsync();
        Assert.That((await _store.ReadAsync(StoreKeys.Lock("main"), LockJson.Default.LockRecord))!.Value.By, Is.EqualTo("bob"), "it is not ann's to give back");
    }

    [Test]
    public async Task HolderIsToldWhenItCouldNotRenewForAsLongAsOthersWait([Values] bool hangs)
    {
        var store = new ObservedStore(_store);
        await using var held = await StoreLock.TakeAsync(store, "main", Wanted("ann"), _said.Add, _time, default);
        store.Away = hangs ? null : new IOException("the network is gone");
        store.Hangs = hangs ? new() : null;
        var started = _time.GetTimestamp();

        await PassUntilAsync(() => held.Lost.IsCancellationRequested);

        Assert.That(_time.GetElapsedTime(started), Is.LessThanOrEqualTo(StoreLock.Timeout + TimeSpan.FromSeconds(10)));
        (store.Away, _) = (null, store.Hangs?.TrySetResult());
    }

    [Test]
    public async Task WhateverTheStoreThrowsIsNoResultOfTheCommand()
    {
        var store = new ObservedStore(_store);
        var held = await StoreLock.TakeAsync(store, "main", Wanted("ann"), _said.Add, _time, default);
        store.Away = new InvalidOperationException("the client was disposed");
        var puts = store.Puts;
        await PassUntilAsync(() => store.Puts > puts);

        Assert.That(async () => await held.DisposeAsync(), Throws.Nothing);
    }

    private Task PassUntilAsync(Func<bool> done) => UntilAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(done());
    });

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await done())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task PassAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private Task<StoreLock> TakeAsync(string by, CancellationToken cancellation = default) =>
        StoreLock.TakeAsync(_store, "main", Wanted(by), text => { lock (_said) _said.Add(text); }, _time, cancellation);

    private LockRecord Wanted(string by) => new("Deploy", by, "runner-7", _time.GetUtcNow(), Renewal: 0);
}
