using System.Text;

namespace Slipway.Registry.Tests;

/// <summary>What any store must do. A store joins by deriving a fixture and making itself.</summary>
public abstract class ObjectStoreConformance
{
    private IObjectStore _store = null!;

    protected abstract IObjectStore CreateStore();

    [SetUp]
    public void OpenStore() => _store = CreateStore();

    [Test]
    public async Task GivesBackWhatWasPut()
    {
        var put = await PutAsync("models/m/a.json", "hello");

        Assert.That(put, Is.Not.Null);
        Assert.That(await ReadAsync("models/m/a.json"), Is.EqualTo("hello"));
        Assert.That(await _store.HeadAsync("models/m/a.json"), Is.EqualTo(put));
        Assert.That(put!.Length, Is.EqualTo(5));
    }

    private async Task<ObjectInfo?> PutAsync(string key, string content, PutCondition condition = default) =>
        await _store.PutAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(content)), condition);

    private async Task<string?> ReadAsync(string key, string? version = null)
    {
        await using var found = await _store.GetAsync(key, version);
        return found is null ? null : await new StreamReader(found.Content).ReadToEndAsync();
    }
}
