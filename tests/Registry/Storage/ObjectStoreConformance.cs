using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>What any store must do. A store joins by deriving a fixture and making itself.</summary>
public abstract partial class ObjectStoreConformance
{
    private ObjectStoreProbe _probe = null!;
    private IObjectStore _store = null!;

    protected abstract Task<IObjectStore> CreateStoreAsync();

    [SetUp]
    public async Task OpenStore()
    {
        _store = await CreateStoreAsync();
        _probe = new(_store);
    }

    [Test]
    public async Task GivesBackWhatWasPut()
    {
        var put = await _probe.PutAsync("models/m/a.json", "hello");

        Assert.That(put, Is.Not.Null);
        Assert.That(put!.Length, Is.EqualTo(5));
        Assert.That(await _probe.ReadAsync("models/m/a.json"), Is.EqualTo("hello"));
        Assert.That((await _store.HeadAsync("models/m/a.json"))!.ETag, Is.EqualTo(put.ETag));
    }

    [Test]
    public async Task AnswersNullForWhatIsNotThere()
    {
        Assert.That(await _store.GetAsync("models/m/none"), Is.Null);
        Assert.That(await _store.HeadAsync("models/m/none"), Is.Null);
        Assert.That(await _store.GetTagsAsync("models/m/none"), Is.Empty);
        Assert.That(await _probe.ListAsync("models/"), Is.Empty);
    }

    [Test]
    public async Task KeepsAnEmptyObject()
    {
        await _probe.PutAsync("models/m/empty", "");

        Assert.That(await _probe.ReadAsync("models/m/empty"), Is.Empty);
        Assert.That((await _store.HeadAsync("models/m/empty"))!.Length, Is.Zero);
    }

    [Test]
    public async Task ReplacesTheContentAndTheETag()
    {
        var first = await _probe.PutAsync("a", "one");
        var second = await _probe.PutAsync("a", "two");

        Assert.That(second!.ETag, Is.Not.EqualTo(first!.ETag));
        Assert.That(await _probe.ReadAsync("a"), Is.EqualTo("two"));
    }

    [Test]
    public async Task TakesTheSameContentAgain()
    {
        await _probe.PutAsync("datasets/m/a.csv", "same");
        await _probe.PutAsync("datasets/m/a.csv", "same");

        Assert.That(await _probe.ReadAsync("datasets/m/a.csv"), Is.EqualTo("same"));
    }

    [Test]
    public async Task DeletesAndForgivesASecondDelete()
    {
        await _probe.PutAsync("models/m/a", "x");

        await _store.DeleteAsync("models/m/a");
        await _store.DeleteAsync("models/m/a");

        Assert.That(await _store.HeadAsync("models/m/a"), Is.Null);
        Assert.That(await _probe.ListAsync(""), Is.Empty);
    }

    [Test]
    public async Task SaysNotModifiedOnlyWhileTheETagHolds()
    {
        var first = await _probe.PutAsync("a", "one");

        Assert.That((await _store.GetIfChangedAsync("a", first!.ETag)).Unchanged, Is.True);

        await _probe.PutAsync("a", "two");
        var changed = await _store.GetIfChangedAsync("a", first.ETag);
        Assert.That(changed.Unchanged, Is.False);
        await using (changed.Found)
            Assert.That(await ObjectStoreProbe.TextAsync(changed.Found), Is.EqualTo("two"));

        await _store.DeleteAsync("a");
        var gone = await _store.GetIfChangedAsync("a", first.ETag);
        Assert.That((gone.Unchanged, gone.Found), Is.EqualTo((false, (StoredObject?)null)));
    }

    [Test]
    public async Task OpensTheObjectWhenTheCallerKnowsNoETag()
    {
        await _probe.PutAsync("a", "one");

        var read = await _store.GetIfChangedAsync("a", etag: null);

        await using (read.Found)
            Assert.That(await ObjectStoreProbe.TextAsync(read.Found), Is.EqualTo("one"));
    }

    [Test]
    public async Task ListsByPrefixInOrdinalOrder()
    {
        string[] keys = ["b/1", "a/b/c", "a/b", "a-b", "a.b", "ab", "a/B", "a/b-c", "a/é", "b/10", "b/2"];
        keys = [.. keys.Where(key => key != "a/b")]; // a directory cannot hold both a/b and a/b/c
        foreach (var key in keys)
            await _probe.PutAsync(key, key);

        Assert.That(await _probe.ListAsync(""), Is.EqualTo(keys.Order(StringComparer.Ordinal)));
        Assert.That(await _probe.ListAsync("a/"), Is.EqualTo(new[] { "a/B", "a/b-c", "a/b/c", "a/é" }));
        Assert.That(await _probe.ListAsync("a/b"), Is.EqualTo(new[] { "a/b-c", "a/b/c" }));
        Assert.That(await _probe.ListAsync("b/1"), Is.EqualTo(new[] { "b/1", "b/10" }));
        Assert.That(await _probe.ListAsync("c"), Is.Empty);
        Assert.That(await _probe.ListAsync("a/b/c/d/"), Is.Empty);
    }

    [Test]
    public async Task ListsKeysBeyondTheBasicPlaneInOrdinalOrder()
    {
        foreach (var key in new[] { "a/\uFF21", "a/🚢/x", "a/\uE000", "a/z", "b" }) // by their UTF-8 bytes the ship comes after the letter
            await _probe.PutAsync(key, key);

        Assert.That(await _probe.ListAsync(""), Is.EqualTo(new[] { "a/z", "a/🚢/x", "a/\uE000", "a/\uFF21", "b" }));
    }

    [Test]
    public async Task ListsWhatHeadSays()
    {
        await _probe.PutAsync("models/m/a", "x");

        var listed = await _store.ListAsync("models/").ToListAsync();

        var head = await _store.HeadAsync("models/m/a");
        Assert.That(listed, Has.Count.EqualTo(1));
        Assert.That((listed[0].Key, listed[0].ETag, listed[0].Length), Is.EqualTo((head!.Key, head.ETag, head.Length)));
    }

    [TestCase("a/", null, "a/B,a/b-c,a/b/c,a/é,a/🚢,a/\uFF21")]
    [TestCase("a/", "a/b", "a/b-c,a/b/c,a/é,a/🚢,a/\uFF21")]
    [TestCase("a/", "a/b/c", "a/é,a/🚢,a/\uFF21")]
    [TestCase("a/", "a/🚢", "a/\uFF21")]
    [TestCase("a/", "0", "a/B,a/b-c,a/b/c,a/é,a/🚢,a/\uFF21")]
    [TestCase("a/", "b", "")]
    [TestCase("", "a/é", "a/🚢,a/\uFF21,b")]
    public async Task ListsTheKeysAfterAKey(string prefix, string? after, string expected)
    {
        foreach (var key in new[] { "a-b", "a/b/c", "a/b-c", "a/B", "a/é", "a/\uFF21", "a/🚢", "b" })
            await _probe.PutAsync(key, key);

        Assert.That(string.Join(',', await _store.ListKeysAsync(prefix, after).ToListAsync()), Is.EqualTo(expected));
    }

    [TestCase("", "a-b/,a/,c/")]
    [TestCase("a/", "a/b-c/,a/b/,a/🚢/,a/\uFF21/")]
    [TestCase("a/b/", "a/b/d/")]
    [TestCase("c/", "")]
    [TestCase("none/", "")]
    public async Task ListsTheFoldersOfAFolder(string folder, string expected)
    {
        foreach (var key in new[] { "a-b/c", "a/b/c", "a/b/d/e", "a/b/d/f", "a/b-c/d", "a/g", "a/\uFF21/x", "a/🚢/x", "b", "c/d" })
            await _probe.PutAsync(key, key);

        Assert.That(string.Join(',', await _store.ListFoldersAsync(folder).ToListAsync()), Is.EqualTo(expected));
    }

    [Test]
    public void FolderOfKeysEndsWithItsSlash() =>
        Assert.That(async () => await _store.ListFoldersAsync("models").ToListAsync(), Throws.InstanceOf<SlipwayException>().With.Message.Contains("slash"));

    [TestCase("a b/c+d&e=f%20,;@$.csv")]
    [TestCase("datasets/m/März 東京 🚢.csv")]
    [TestCase("a/#hash?query")]
    [TestCase("~/-rf")]
    public async Task TakesOddKeys(string key)
    {
        await _probe.PutAsync(key, "odd");

        Assert.That(await _probe.ReadAsync(key), Is.EqualTo("odd"));
        Assert.That(await _probe.ListAsync(""), Is.EqualTo(new[] { key }));
    }

    [Test]
    public async Task TakesKeysOfExactly1024Bytes()
    {
        var key = string.Join('/', Enumerable.Repeat(new string('k', 204), 5));
        Assert.That(key, Has.Length.EqualTo(1024));

        await _probe.PutAsync(key, "long");

        Assert.That(await _probe.ReadAsync(key), Is.EqualTo("long"));
        Assert.That(() => _probe.PutAsync(key + "k", "longer"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("1024"));
    }

    [TestCase("")]
    [TestCase("/a")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase(".")]
    [TestCase("../a")]
    [TestCase("a/../b")]
    [TestCase("a/./b")]
    [TestCase(".locks/00")]
    [TestCase("a/.hidden")]
    [TestCase("a\\b")]
    [TestCase("a\nb")]
    [TestCase("a\0b")]
    [TestCase("a\ud800b")]
    public void RefusesKeys(string key)
    {
        Assert.That(() => _probe.PutAsync(key, "x"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("key"));
        Assert.That(() => _store.GetAsync(key), Throws.InstanceOf<SlipwayException>());
        Assert.That(() => _store.HeadAsync(key), Throws.InstanceOf<SlipwayException>());
        Assert.That(() => _store.DeleteAsync(key), Throws.InstanceOf<SlipwayException>());
    }

    [TestCase("../")]
    [TestCase("/")]
    [TestCase("a//")]
    [TestCase(".locks/")]
    public void RefusesPrefixes(string prefix) =>
        Assert.That(() => _probe.ListAsync(prefix), Throws.InstanceOf<SlipwayException>().With.Message.Contains("prefix"));
}
