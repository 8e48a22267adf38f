using System.Runtime.Versioning;
using Microsoft.Extensions.Time.Testing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public sealed class DirectoryObjectStoreTests
{
    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task SeesWhatAPersonDropped()
    {
        _folder.Drop("datasets/pumps/march.csv", "a,b\n1,2\n");

        Assert.That(await _folder.Probe.ListAsync("datasets/pumps/"), Is.EqualTo(new[] { "datasets/pumps/march.csv" }));
        Assert.That(await _folder.Probe.ReadAsync("datasets/pumps/march.csv"), Is.EqualTo("a,b\n1,2\n"));
        Assert.That(await _folder.Probe.PutAsync("datasets/pumps/march.csv", "x", PutCondition.Absent), Is.Null);
    }

    [Test]
    public async Task GivesADroppedFileTheETagThatAPutWouldGive()
    {
        var put = await _folder.Probe.PutAsync("datasets/m/put.csv", "same");
        _folder.Drop("datasets/m/dropped.csv", "same");

        Assert.That((await _folder.Store.HeadAsync("datasets/m/dropped.csv"))!.ETag, Is.EqualTo(put!.ETag));
    }

    [TestCase(100)]
    [TestCase(200_000)]
    public async Task NoticesAChangeByHandThatKeepsLengthAndTime(int length)
    {
        _folder.Drop("datasets/m/a.csv", new string('a', length));
        var first = await _folder.Store.HeadAsync("datasets/m/a.csv");
        var time = File.GetLastWriteTimeUtc(_folder.FileOf("datasets/m/a.csv"));

        _folder.Drop("datasets/m/a.csv", new string('b', length));
        File.SetLastWriteTimeUtc(_folder.FileOf("datasets/m/a.csv"), time);

        Assert.That((await _folder.Store.HeadAsync("datasets/m/a.csv"))!.ETag, Is.Not.EqualTo(first!.ETag));
    }

    [Test]
    public async Task KeepsADroppedDatasetAsAVersionWhenAPutReplacesIt()
    {
        _folder.Drop("datasets/m/a.csv", "by hand");
        var dropped = await _folder.Store.HeadAsync("datasets/m/a.csv");

        await _folder.Probe.PutAsync("datasets/m/a.csv", "by put");

        Assert.That(await _folder.Probe.ReadAsync("datasets/m/a.csv", dropped!.Version), Is.EqualTo("by hand"));
    }

    [Test]
    public async Task DoesNotPassOffAnotherContentAsAVersion()
    {
        var first = await _folder.Probe.PutAsync("datasets/m/a.csv", "one");
        await _folder.Probe.PutAsync("datasets/m/a.csv", "two");
        _folder.Drop($".versions/datasets/m/a.csv/{first!.Version}", "forged");

        Assert.That(await _folder.Store.GetAsync("datasets/m/a.csv", first.Version), Is.Null);
    }

    [Test]
    public async Task KeepsNoVersionsElsewhere()
    {
        var first = await _folder.Probe.PutAsync("models/m/a", "one");
        await _folder.Probe.PutAsync("models/m/a", "two");

        Assert.That(await _folder.Store.GetAsync("models/m/a", first!.Version), Is.Null);
        Assert.That(_folder.AllFiles(), Is.EqualTo(new[] { "models/m/a" }));
    }

    [Test]
    public async Task ListsNoHousekeeping()
    {
        _folder.Drop("datasets/m/.DS_Store", "finder");
        _folder.Drop(".hidden/a", "x");
        await _folder.Probe.PutAsync("datasets/m/a.csv", "one");
        await _folder.Probe.PutAsync("datasets/m/a.csv", "two");
        await _folder.Store.SetTagsAsync("datasets/m/a.csv", new Dictionary<string, string> { ["k"] = "v" });

        Assert.That(await _folder.Probe.ListAsync(""), Is.EqualTo(new[] { "datasets/m/a.csv" }));
    }

    [Test]
    public async Task FolderEndsWithItsLastKey()
    {
        await _folder.Probe.PutAsync("models/a/channels/blue.json", "x");
        await _folder.Probe.PutAsync("models/b/channels/blue.json", "x");

        await _folder.Store.DeleteAsync("models/a/channels/blue.json");

        Assert.That(await _folder.Store.ListFoldersAsync("models/").ToListAsync(), Is.EqualTo(new[] { "models/b/" }));
    }

    [Test]
    public async Task OpensNoFileForItsNameAlone()
    {
        await _folder.Probe.PutAsync("models/m/a.json", "x");
        await using var held = new FileStream(_folder.FileOf("models/m/a.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.That(await _folder.Probe.ListAsync("models/"), Is.Empty, "what cannot be opened is not described, or this shows nothing");
        Assert.That(await _folder.Store.ListKeysAsync("models/").ToListAsync(), Is.EqualTo(new[] { "models/m/a.json" }));
        Assert.That(await _folder.Store.ListFoldersAsync("models/").ToListAsync(), Is.EqualTo(new[] { "models/m/" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task IsNotCaughtByALinkThatGoesInACircle()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("links to folders need rights that tests lack on Windows; run on Linux or macOS");

        await _folder.Probe.PutAsync("models/m/a", "x");
        Directory.CreateSymbolicLink(_folder.FileOf("models/loop"), _folder.FileOf("models"));

        Assert.That(await _folder.Probe.ListAsync(""), Is.EqualTo(new[] { "models/m/a" }));
    }

    [TestCase("file", TestName = "FollowsNoLinkOfAFileOutOfTheFolder")]
    [TestCase("folder", TestName = "FollowsNoLinkOfAFolderOutOfTheFolder")]
    [TestCase("twice", TestName = "FollowsNoLinkThatLeadsOutByWayOfAnother")]
    public async Task FollowsNoLinkOut(string kind)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("links need rights that tests lack on Windows; run on Linux or macOS");

        await _folder.Probe.PutAsync("models/m/b", "inside");
        var outside = Directory.CreateDirectory(_folder.Beside("outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "a"), "secret");
        Directory.CreateDirectory(_folder.FileOf("datasets"));
        switch (kind)
        {
            case "file":
                Directory.CreateDirectory(_folder.FileOf("datasets/m"));
                File.CreateSymbolicLink(_folder.FileOf("datasets/m/a"), Path.Combine(outside, "a"));
                break;
            case "folder":
                Directory.CreateSymbolicLink(_folder.FileOf("datasets/m"), outside);
                break;
            case "twice":
                Directory.CreateSymbolicLink(_folder.FileOf("models/out"), outside);
                Directory.CreateSymbolicLink(_folder.FileOf("datasets/m"), "../models/out");
                break;
        }

        Refuses(() => _folder.Probe.ReadAsync("datasets/m/a"));
        Refuses(() => _folder.Probe.PutAsync("datasets/m/a", "overwritten"));
        Refuses(() => _folder.Store.DeleteAsync("datasets/m/a"));
        if (kind == "file")
            await _folder.Probe.PutAsync("datasets/m/new", "new");
        else
            Refuses(() => _folder.Probe.PutAsync("datasets/m/new", "new"));
        Assert.That(await _folder.Probe.ListAsync(""), Is.EqualTo(kind == "file" ? ["datasets/m/new", "models/m/b"] : new[] { "models/m/b" }));
        Assert.That(await _folder.Store.ListFoldersAsync("datasets/").ToListAsync(), Is.EqualTo(kind == "file" ? ["datasets/m/"] : Array.Empty<string>()));
        Assert.That(Directory.GetFiles(outside).Select(Path.GetFileName), Is.EqualTo(new[] { "a" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(outside, "a")), Is.EqualTo("secret"));

        void Refuses(Func<Task> ask) =>
            Assert.That(ask, Throws.TypeOf<SlipwayException>().With.Message.Contains("outside the store").And.Message.Contains(outside));
    }

    [Test]
    public async Task FollowsLinksWithinTheFolderAndOneThatIsTheFolder()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("links need rights that tests lack on Windows; run on Linux or macOS");

        await _folder.Probe.PutAsync("datasets/m/march.csv", "rows");
        File.CreateSymbolicLink(_folder.FileOf("datasets/m/latest.csv"), "march.csv");
        Directory.CreateSymbolicLink(_folder.Beside("elsewhere"), _folder.Root);

        foreach (var store in new[] { _folder.Store, new DirectoryObjectStore(_folder.Beside("elsewhere")) })
        {
            var probe = new ObjectStoreProbe(store);
            Assert.That(await probe.ReadAsync("datasets/m/latest.csv"), Is.EqualTo("rows"));
            Assert.That(await probe.ListAsync("datasets/"), Is.EqualTo(new[] { "datasets/m/latest.csv", "datasets/m/march.csv" }));
        }
    }

    [Test]
    public async Task RefusesAKeyThatIsTheFolderOfAnother()
    {
        await _folder.Probe.PutAsync("a/b/c", "x");

        Assert.That(() => _folder.Probe.PutAsync("a/b", "y"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("'a/b'").And.Message.Contains("folder"));
        Assert.That(await _folder.Store.GetAsync("a/b"), Is.Null);
        Assert.That(_folder.AllFiles(), Is.EqualTo(new[] { "a/b/c" }));
    }

    [Test]
    public async Task RefusesAKeyBelowAnObject()
    {
        await _folder.Probe.PutAsync("a", "x");

        Assert.That(() => _folder.Probe.PutAsync("a/b/c", "y"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("'a' is an object"));
        Assert.That(await _folder.Store.GetAsync("a/b/c"), Is.Null);
        Assert.That(_folder.AllFiles(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task TakesAKeyWhoseFolderWasLeftEmpty()
    {
        await _folder.Probe.PutAsync("a/b/c", "x");
        await _folder.Store.DeleteAsync("a/b/c");

        await _folder.Probe.PutAsync("a", "y");

        Assert.That(await _folder.Probe.ReadAsync("a"), Is.EqualTo("y"));
    }

    [Test]
    public async Task IsEmptyUntilTheFirstPutMakesTheFolder()
    {
        Assert.That(await _folder.Probe.ListAsync(""), Is.Empty);
        await _folder.Store.DeleteAsync("a");
        Assert.That(Directory.Exists(_folder.Root), Is.False, "reading makes nothing");

        await _folder.Probe.PutAsync("a", "x");
        Assert.That(Directory.Exists(_folder.Root), Is.True);
    }

    [Test]
    public async Task CleansUpAfterProcessesThatDiedAndLeavesTheLivingAlone()
    {
        await _folder.Probe.PutAsync("a", "x");
        _folder.Drop(".tmp/dead", "half");
        _folder.Drop(".tmp/alive", "half");
        var now = new DateTimeOffset(File.GetLastWriteTimeUtc(_folder.FileOf(".tmp/alive")));
        File.SetLastWriteTimeUtc(_folder.FileOf(".tmp/dead"), now.AddDays(-1).UtcDateTime);

        _ = new DirectoryObjectStore(_folder.Root, new FakeTimeProvider(now));

        Assert.That(_folder.AllFiles(), Is.EqualTo(new[] { ".tmp/alive", "a" }));
    }

    [Test]
    public async Task SaysWhoHoldsALockThatDoesNotComeFree()
    {
        await _folder.Probe.PutAsync("a", "x");
        var locked = Directory.GetFiles(_folder.FileOf(".locks")).Single();
        using var holder = new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var time = new FakeTimeProvider();
        var store = new DirectoryObjectStore(_folder.Root, time);

        var put = new ObjectStoreProbe(store).PutAsync("a", "y");
        while (!put.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.That(() => put, Throws.InstanceOf<SlipwayException>().With.Message.Contains(locked));
        Assert.That(await _folder.Probe.ReadAsync("a"), Is.EqualTo("x"));
        Assert.That(_folder.AllFiles(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task GoesOnWhenALockComesFree()
    {
        await _folder.Probe.PutAsync("a", "x");
        var holder = new FileStream(Directory.GetFiles(_folder.FileOf(".locks")).Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var time = new WaitingTimeProvider();

        var put = new ObjectStoreProbe(new DirectoryObjectStore(_folder.Root, time)).PutAsync("a", "y");
        await time.Waiting;
        Assert.That(put.IsCompleted, Is.False);
        await holder.DisposeAsync();
        while (!put.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.That(await put, Is.Not.Null);
        Assert.That(await _folder.Probe.ReadAsync("a"), Is.EqualTo("y"));
    }

    // reports when somebody starts a short wait, as after finding the lock held
    private sealed class WaitingTimeProvider : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(1))
                _waiting.TrySetResult();
            return timer;
        }
    }
}
