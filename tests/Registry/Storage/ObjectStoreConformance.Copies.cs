using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public abstract partial class ObjectStoreConformance
{
    [Test]
    public async Task CopiesAVersionThatIsCurrent()
    {
        var put = await _probe.PutAsync("datasets/m/a b+c.csv", "one");

        var copied = await _store.CopyAsync("datasets/m/a b+c.csv", put!.Version, "training-jobs/j/input/a b+c.csv", PutCondition.None);

        Assert.That((copied!.Key, copied.Length), Is.EqualTo(("training-jobs/j/input/a b+c.csv", 3L)));
        Assert.That(await _probe.ReadAsync("training-jobs/j/input/a b+c.csv"), Is.EqualTo("one"));
        Assert.That(copied.ETag, Is.EqualTo((await _store.HeadAsync(copied.Key))!.ETag));
        Assert.That(await _probe.ReadAsync(copied.Key, copied.Version), Is.EqualTo("one"));
    }

    [Test]
    public async Task CopiesAVersionThatIsNotCurrentAnyMore()
    {
        var first = await _probe.PutAsync("datasets/m/a.csv", "one");
        await _probe.PutAsync("datasets/m/a.csv", "two");
        await _store.CopyAsync("datasets/m/a.csv", first!.Version, "training-jobs/j/overwritten", PutCondition.None);
        await _store.DeleteAsync("datasets/m/a.csv");
        await _store.CopyAsync("datasets/m/a.csv", first.Version, "training-jobs/j/deleted", PutCondition.None);

        Assert.That(await _probe.ReadAsync("training-jobs/j/overwritten"), Is.EqualTo("one"));
        Assert.That(await _probe.ReadAsync("training-jobs/j/deleted"), Is.EqualTo("one"));
    }

    [Test]
    public async Task CopiesOnlyWhereTheConditionHolds()
    {
        var one = await _probe.PutAsync("datasets/m/a.csv", "one");
        var two = await _probe.PutAsync("datasets/m/b.csv", "two");

        var claimed = await _store.CopyAsync("datasets/m/a.csv", one!.Version, "models/m/a", PutCondition.Absent);
        Assert.That(claimed, Is.Not.Null);
        Assert.That(await _store.CopyAsync("datasets/m/b.csv", two!.Version, "models/m/a", PutCondition.Absent), Is.Null);
        Assert.That(await _store.CopyAsync("datasets/m/b.csv", two.Version, "models/m/none", PutCondition.Unchanged(two.ETag)), Is.Null);
        Assert.That(await _probe.ReadAsync("models/m/a"), Is.EqualTo("one"));

        Assert.That(await _store.CopyAsync("datasets/m/b.csv", two.Version, "models/m/a", PutCondition.Unchanged(claimed!.ETag)), Is.Not.Null);
        Assert.That(await _store.CopyAsync("datasets/m/a.csv", one.Version, "models/m/a", PutCondition.Unchanged(claimed.ETag)), Is.Null);
        Assert.That(await _probe.ReadAsync("models/m/a"), Is.EqualTo("two"));
        Assert.That(await _probe.ListAsync("models/"), Is.EqualTo(new[] { "models/m/a" }));
    }

    [TestCase("00000000000000000000000000000000")]
    [TestCase("")]
    public async Task SaysThatAVersionToCopyIsMissing(string version)
    {
        await _probe.PutAsync("datasets/m/a.csv", "one");

        Assert.That(
            () => _store.CopyAsync("datasets/m/a.csv", version, "models/m/a", PutCondition.None),
            Throws.InstanceOf<MissingVersionException>().With.Message.Contains("datasets/m/a.csv"));
        Assert.That(() => _store.CopyAsync("datasets/m/none.csv", version, "models/m/a", PutCondition.None), Throws.InstanceOf<MissingVersionException>());
        Assert.That(await _store.HeadAsync("models/m/a"), Is.Null);
    }

    [Test]
    public async Task CopiesNoTags()
    {
        var put = await _probe.PutAsync("datasets/m/a.csv", "one");
        await _store.SetTagsAsync("datasets/m/a.csv", new Dictionary<string, string> { ["k"] = "v" });

        await _store.CopyAsync("datasets/m/a.csv", put!.Version, "models/m/a", PutCondition.None);

        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.Empty);
        Assert.That(await _store.GetTagsAsync("datasets/m/a.csv"), Has.Count.EqualTo(1));
    }

    [TestCase("a", "../b")]
    [TestCase("../a", "b")]
    public void CopiesBetweenKeysAlone(string from, string to) =>
        Assert.That(() => _store.CopyAsync(from, "1", to, PutCondition.None), Throws.InstanceOf<SlipwayException>().With.Message.Contains("key"));
}
