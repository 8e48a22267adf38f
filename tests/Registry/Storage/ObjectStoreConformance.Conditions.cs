using System.Globalization;
using System.Security.Cryptography;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public abstract partial class ObjectStoreConformance
{
    [Test]
    public async Task WritesIfAbsentOnlyOnce()
    {
        Assert.That(await _probe.PutAsync("a", "first", PutCondition.Absent), Is.Not.Null);
        Assert.That(await _probe.PutAsync("a", "second", PutCondition.Absent), Is.Null);
        Assert.That(await _probe.ReadAsync("a"), Is.EqualTo("first"));

        await _store.DeleteAsync("a");
        Assert.That(await _probe.PutAsync("a", "third", PutCondition.Absent), Is.Not.Null);
    }

    [Test]
    public async Task WritesIfUnchangedOnlyWithTheCurrentETag()
    {
        var first = await _probe.PutAsync("a", "first");

        var second = await _probe.PutAsync("a", "second", PutCondition.Unchanged(first!.ETag));
        Assert.That(second, Is.Not.Null);
        Assert.That(await _probe.PutAsync("a", "third", PutCondition.Unchanged(first.ETag)), Is.Null);
        Assert.That(await _probe.ReadAsync("a"), Is.EqualTo("second"));
    }

    [Test]
    public async Task DoesNotWriteIfUnchangedWhenTheObjectIsGone()
    {
        var first = await _probe.PutAsync("a", "first");
        await _store.DeleteAsync("a");

        Assert.That(await _probe.PutAsync("a", "second", PutCondition.Unchanged(first!.ETag)), Is.Null);
        Assert.That(await _store.HeadAsync("a"), Is.Null);
    }

    [Test]
    public async Task LetsExactlyOneOfManyClaimAKey([Range(1, 5)] int round)
    {
        var key = $"claims/{round}";

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(claimant =>
            Task.Run(async () => (claimant, won: await _probe.PutAsync(key, $"{claimant}", PutCondition.Absent) is not null))));

        var winner = claims.Single(claim => claim.won).claimant;
        Assert.That(await _probe.ReadAsync(key), Is.EqualTo($"{winner}"));
    }

    [Test]
    public async Task LosesNoIncrementOfManyTasks()
    {
        const int tasks = 8, increments = 25;

        await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < increments; i++)
                await StoreCounter.IncrementAsync(_store, "counter");
        })));

        Assert.That(await _probe.ReadAsync("counter"), Is.EqualTo((tasks * increments).ToString(CultureInfo.InvariantCulture)));
    }

    [TestCase("models/m/a")]
    [TestCase("datasets/m/a.csv")]
    public async Task NeverShowsAReaderAPartOrAGap(string key)
    {
        string[] contents = [.. Enumerable.Range(0, 60).Select(i => new string((char)('0' + i), 200_000 + i))];
        using var done = new CancellationTokenSource();
        await _probe.PutAsync(key, contents[0]);

        var writer = Task.Run(async () =>
        {
            foreach (var content in contents)
                await _probe.PutAsync(key, content);
            await done.CancelAsync();
        });
        var reads = 0;
        while (!done.IsCancellationRequested || reads == 0)
        {
            Assert.That(contents, Does.Contain(await _probe.ReadAsync(key)));
            reads++;
        }

        await writer;
    }

    [Test]
    public async Task StreamsABigObject()
    {
        const long length = 96L * 1024 * 1024 + 7;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await using (var content = new PatternStream(length))
            await _store.PutAsync("models/m/big", content, PutCondition.None);

        await using var found = await _store.GetAsync("models/m/big");
        Assert.That(found!.Info.Length, Is.EqualTo(length));
        await using var expected = new PatternStream(length);
        Assert.That(await SHA256.HashDataAsync(found.Content), Is.EqualTo(await SHA256.HashDataAsync(expected)));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(length / 2), "content belongs on the disk, not in memory");
    }

    [Test]
    public async Task KeepsWhatAReaderHasOpen()
    {
        var content = new string('x', 500_000);
        await _probe.PutAsync("a", content);

        await using var open = await _store.GetAsync("a");
        await _probe.PutAsync("a", "new");
        await _store.DeleteAsync("a");

        Assert.That(await ObjectStoreProbe.TextAsync(open), Is.EqualTo(content));
    }

    [Test]
    public async Task StopsWhenCancelledAndChangesNothing()
    {
        await _probe.PutAsync("a", "old");
        using var cancellation = new CancellationTokenSource();
        await using var content = new PatternStream(50_000_000, onRead: position =>
        {
            if (position > 10_000_000)
                cancellation.Cancel();
        });

        Assert.That(
            () => _store.PutAsync("a", content, PutCondition.None, cancellation: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await _probe.ReadAsync("a"), Is.EqualTo("old"));
        Assert.That(await _probe.ListAsync(""), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task ChangesNothingWhenTheContentBreaksOff()
    {
        await _probe.PutAsync("a", "old");
        await using var content = new PatternStream(1_000_000, onRead: position =>
        {
            if (position > 500_000)
                throw new IOException("the connection was reset");
        });

        Assert.That(() => _store.PutAsync("a", content, PutCondition.None), Throws.Exception.With.Message.Contains("reset"));
        Assert.That(await _probe.ReadAsync("a"), Is.EqualTo("old"));
    }
}
