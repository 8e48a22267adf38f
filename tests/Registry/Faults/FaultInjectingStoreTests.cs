using Microsoft.Extensions.Time.Testing;
using Slipway.Faults;
using Slipway.Faults.Rules;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Faults;

/// <summary>Every test ends with the same request without the fault.</summary>
public sealed class FaultInjectingStoreTests
{
    private const string Key = "models/m/a";

    private readonly FakeTimeProvider _time = new();
    private FaultScript _script = null!;
    private StoreFolder _folder = null!;
    private FaultInjectingStore _store = null!;
    private ObjectStoreProbe _probe = null!;

    [SetUp]
    public async Task CreateFolder()
    {
        (_folder, _script) = (new(), new(seed: 1));
        _store = new(_folder.Store, _script, _time);
        _probe = new(_store);
        await _folder.Probe.PutAsync(Key, "hello");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(FaultKind.InternalError, "500")]
    [TestCase(FaultKind.SlowDown, "503")]
    public async Task RefusesARequest(FaultKind kind, string message)
    {
        using (var fault = _script.Add(new(kind)))
        {
            Assert.That(() => _probe.ReadAsync(Key), Throws.InstanceOf<SlipwayException>().With.Message.Contains(message));
            Assert.That(() => _probe.PutAsync(Key, "other"), Throws.InstanceOf<SlipwayException>());
            Assert.That(fault.Injected, Is.EqualTo(2));
        }

        Assert.That(await _probe.ReadAsync(Key), Is.EqualTo("hello"));
    }

    [Test]
    public async Task WritesNothingToAFullDisk()
    {
        using (_script.Add(new(FaultKind.NoSpace)))
        {
            Assert.That(() => _probe.PutAsync(Key, "other"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("Free some space"));
            Assert.That(await _probe.ReadAsync(Key), Is.EqualTo("hello"));
        }

        Assert.That(await _probe.PutAsync(Key, "other"), Is.Not.Null);
    }

    [Test]
    public async Task HandlesARequestLater()
    {
        _script.Add(new(FaultKind.Delay) { Delay = TimeSpan.FromSeconds(10) });
        var read = _probe.ReadAsync(Key);
        Assert.That(read.IsCompleted, Is.False);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await read, Is.EqualTo("hello"));
    }

    [Test]
    public async Task HangsUntilTheFaultEndsOrTheCallerGivesUp()
    {
        var fault = _script.Add(new(FaultKind.Hang));
        using var gaveUp = new CancellationTokenSource();
        var (waits, leaves) = (_probe.ReadAsync(Key), _store.HeadAsync(Key, cancellation: gaveUp.Token));

        await gaveUp.CancelAsync();
        Assert.That(() => leaves, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(waits.IsCompleted, Is.False);
        fault.Dispose();

        Assert.That(await waits, Is.EqualTo("hello"));
    }

    [Test]
    public async Task BreaksContentOff()
    {
        using (_script.Add(new(FaultKind.ResetInBody) { Bytes = 2 }))
            Assert.That(() => _probe.ReadAsync(Key), Throws.InstanceOf<SlipwayException>().With.Message.Contains("reset"));

        Assert.That(await _probe.ReadAsync(Key), Is.EqualTo("hello"));
    }

    [TestCase(2, "he")]
    [TestCase(0, "")]
    [TestCase(9, "hello")]
    public async Task EndsContentEarly(int bytes, string arrived)
    {
        using (_script.Add(new(FaultKind.Truncate) { Bytes = bytes }))
            Assert.That(await _probe.ReadAsync(Key), Is.EqualTo(arrived));

        Assert.That(await _probe.ReadAsync(Key), Is.EqualTo("hello"));
    }

    [Test]
    public async Task ListsWhatWasThereBefore()
    {
        Assert.That(await _probe.ListAsync("models/"), Is.EqualTo(new[] { Key }));
        Assert.That(await _store.ListKeysAsync("models/").ToListAsync(), Is.EqualTo(new[] { Key }));
        using (_script.Add(new(FaultKind.StaleList)))
        {
            await _probe.PutAsync("models/m/b", "new");
            await _store.DeleteAsync(Key);
            Assert.That(await _probe.ListAsync("models/"), Is.EqualTo(new[] { Key }));
            Assert.That(await _store.ListKeysAsync("models/").ToListAsync(), Is.EqualTo(new[] { Key }));
            Assert.That(await _store.ListFoldersAsync("models/").ToListAsync(), Is.Empty, "it was never listed before");
        }

        Assert.That(await _probe.ListAsync("models/"), Is.EqualTo(new[] { "models/m/b" }));
    }

    [Test]
    public async Task ReturnsAnETagWithWhichNothingCanBeReplaced()
    {
        using (_script.Add(new(FaultKind.WrongETag) { Operations = StoreOperations.Head }))
        {
            var seen = await _store.HeadAsync(Key);
            Assert.That(await _probe.PutAsync(Key, "other", PutCondition.Unchanged(seen!.ETag)), Is.Null);
        }

        var right = await _store.HeadAsync(Key);
        Assert.That(await _probe.PutAsync(Key, "other", PutCondition.Unchanged(right!.ETag)), Is.Not.Null);
    }

    [Test]
    public async Task LosesTheAnswerToAWriteThatIsMade()
    {
        using (_script.Add(new(FaultKind.LostAnswer) { Times = 1 }))
        {
            Assert.That(() => _probe.PutAsync("models/m/new", "mine", PutCondition.Absent), Throws.InstanceOf<SlipwayException>().With.Message.Contains("lost"));
            Assert.That(await _probe.ReadAsync("models/m/new"), Is.EqualTo("mine"));
        }

        Assert.That(await _probe.PutAsync("models/m/new", "again", PutCondition.Absent), Is.Null);
    }

    [Test]
    public async Task WritesAlthoughTheConditionIsFalse()
    {
        using (_script.Add(new(FaultKind.IgnoredCondition)))
            Assert.That(await _probe.PutAsync(Key, "other", PutCondition.Absent), Is.Not.Null);

        Assert.That(await _probe.PutAsync(Key, "again", PutCondition.Absent), Is.Null);
    }

    [Test]
    public async Task HasAClockThatIsOff()
    {
        var right = (await _store.HeadAsync(Key))!.LastModified;
        using (_script.Add(new(FaultKind.SkewedDate) { Skew = TimeSpan.FromDays(-1) }))
            Assert.That((await _store.HeadAsync(Key))!.LastModified, Is.EqualTo(right.AddDays(-1)));

        Assert.That((await _store.HeadAsync(Key))!.LastModified, Is.EqualTo(right));
    }
}
