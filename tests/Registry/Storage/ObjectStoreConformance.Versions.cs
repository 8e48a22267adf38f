using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

public abstract partial class ObjectStoreConformance
{
    [Test]
    public async Task KeepsOlderVersionsOfDatasets()
    {
        var first = await _probe.PutAsync("datasets/m/a.csv", "one");
        var second = await _probe.PutAsync("datasets/m/a.csv", "two");
        var third = await _probe.PutAsync("datasets/m/a.csv", "three");

        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", first!.Version), Is.EqualTo("one"));
        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", second!.Version), Is.EqualTo("two"));
        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", third!.Version), Is.EqualTo("three"));
        Assert.That((await _store.HeadAsync("datasets/m/a.csv", first.Version))!.ETag, Is.EqualTo(first.ETag));
        Assert.That(await _probe.ListAsync("datasets/"), Is.EqualTo(new[] { "datasets/m/a.csv" }), "older versions are not listed");
    }

    [Test]
    public async Task KeepsTheVersionsOfADeletedDataset()
    {
        var first = await _probe.PutAsync("datasets/m/a.csv", "one");
        var second = await _probe.PutAsync("datasets/m/a.csv", "two");
        await _store.DeleteAsync("datasets/m/a.csv");

        Assert.That(await _store.HeadAsync("datasets/m/a.csv"), Is.Null);
        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", first!.Version), Is.EqualTo("one"));
        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", second!.Version), Is.EqualTo("two"));
    }

    [Test]
    public async Task FindsAVersionAgainAfterItsContentCameBack()
    {
        var first = await _probe.PutAsync("datasets/m/a.csv", "one");
        var second = await _probe.PutAsync("datasets/m/a.csv", "two");
        await _probe.PutAsync("datasets/m/a.csv", "one");
        await _probe.PutAsync("datasets/m/a.csv", "two");
        await _probe.PutAsync("datasets/m/a.csv", "three");

        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", first!.Version), Is.EqualTo("one"));
        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", second!.Version), Is.EqualTo("two"));
    }

    [Test]
    public async Task KeepsTheVersionsOfBigDatasets()
    {
        var big = new string('x', 300_000);
        var first = await _probe.PutAsync("datasets/m/a.csv", big);
        await _probe.PutAsync("datasets/m/a.csv", big + "y");

        Assert.That(await _probe.ReadAsync("datasets/m/a.csv", first!.Version), Is.EqualTo(big));
    }

    [TestCase("00000000000000000000000000000000")]
    [TestCase("../../a.csv")]
    [TestCase("")]
    public async Task FindsNothingUnderAVersionThatNeverWas(string version)
    {
        await _probe.PutAsync("datasets/m/a.csv", "one");

        Assert.That(await _store.GetAsync("datasets/m/a.csv", version), Is.Null);
        Assert.That(await _store.HeadAsync("datasets/m/a.csv", version), Is.Null);
    }

    [Test]
    public async Task KeepsTagsUntilTheContentIsReplaced()
    {
        var tags = new Dictionary<string, string> { ["dataset-version"] = "abc", ["metrics"] = "auc=0.9 f1=0.8" };

        await _probe.PutAsync("models/m/a", "one");
        await _store.SetTagsAsync("models/m/a", tags);
        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.EquivalentTo(tags));

        await _probe.PutAsync("models/m/a", "two");
        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.Empty);

        await _probe.PutAsync("models/m/a", "one");
        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.Empty, "the tags of an earlier put of the same content are removed");
    }

    [Test]
    public async Task ReplacesTagsAsAWhole()
    {
        await _probe.PutAsync("models/m/a", "one");
        await _store.SetTagsAsync("models/m/a", new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        await _store.SetTagsAsync("models/m/a", new Dictionary<string, string> { ["b"] = "3" });

        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.EquivalentTo(new Dictionary<string, string> { ["b"] = "3" }));
    }

    [Test]
    public async Task ForgetsTheTagsOfADeletedObject()
    {
        await _probe.PutAsync("models/m/a", "one");
        await _store.SetTagsAsync("models/m/a", new Dictionary<string, string> { ["k"] = "v" });
        await _store.DeleteAsync("models/m/a");
        await _probe.PutAsync("models/m/a", "one");

        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.Empty);
    }

    [Test]
    public async Task KeepsTheTagsWhenAConditionDidNotHold()
    {
        await _probe.PutAsync("models/m/a", "one");
        await _store.SetTagsAsync("models/m/a", new Dictionary<string, string> { ["k"] = "v" });

        Assert.That(await _probe.PutAsync("models/m/a", "one", PutCondition.Absent), Is.Null);
        Assert.That((await _store.GetTagsAsync("models/m/a"))["k"], Is.EqualTo("v"));
    }

    [Test]
    public void TagsNeedAnObject() =>
        Assert.That(
            () => _store.SetTagsAsync("models/m/none", new Dictionary<string, string> { ["k"] = "v" }), Throws.InstanceOf<SlipwayException>());

    [TestCase("k", "{braces}")]
    [TestCase("k", "\"quotes\"")]
    [TestCase("k", "line\nbreak")]
    [TestCase("", "v")]
    public async Task RefusesTags(string name, string value)
    {
        await _probe.PutAsync("models/m/a", "one");

        Assert.That(
            () => _store.SetTagsAsync("models/m/a", new Dictionary<string, string> { [name] = value }),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("tag"));
        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.Empty);
    }

    [Test]
    public async Task TakesTagsUpToTheLimitsAndNotBeyond()
    {
        var most = Enumerable.Range(0, 10).ToDictionary(i => new string('k', 127) + i, _ => new string('v', 256));
        await _probe.PutAsync("models/m/a", "one");
        await _store.SetTagsAsync("models/m/a", most);
        Assert.That(await _store.GetTagsAsync("models/m/a"), Is.EquivalentTo(most));

        var tooMany = new Dictionary<string, string>(most) { ["more"] = "v" };
        Assert.That(() => _store.SetTagsAsync("models/m/a", tooMany), Throws.InstanceOf<SlipwayException>());
        var tooLong = new Dictionary<string, string> { ["k"] = new('v', 257) };
        Assert.That(() => _store.SetTagsAsync("models/m/a", tooLong), Throws.InstanceOf<SlipwayException>());
    }
}
