using Slipway.Registry.Storage;

namespace Slipway.Registry.Tests.Storage;

/// <summary>Several real processes on one folder, some of which die.</summary>
public sealed class StoreProcessTests
{
    private const int Increments = 150;

    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task TwoProcessesLoseNoIncrement()
    {
        using var one = StoreProcess.Start("count", _folder.Root, "counter", $"{Increments}");
        using var other = StoreProcess.Start("count", _folder.Root, "counter", $"{Increments}");

        Assert.That(await Task.WhenAll(one.FinishAsync(), other.FinishAsync()), Is.All.Zero);
        Assert.That((await StoreCounter.ReadAsync(_folder.Store, "counter")).Number, Is.EqualTo(2 * Increments));
    }

    [Test]
    public async Task AKilledProcessTakesItsLockWithItAndLosesNothing()
    {
        using var victim = StoreProcess.Start("count", _folder.Root, "counter", "1000000");
        using var survivor = StoreProcess.Start("count", _folder.Root, "counter", $"{Increments}");
        var counted = 0;
        while (counted < 20)
        {
            Assert.That(await victim.NextAsync(), Is.Not.Null);
            counted++;
        }

        await victim.KillAsync();
        while (await victim.NextAsync() is not null)
            counted++;

        Assert.That(await survivor.FinishAsync(), Is.Zero);
        // the victim may have been killed after its last put and before it could say so
        Assert.That((await StoreCounter.ReadAsync(_folder.Store, "counter")).Number, Is.InRange(counted + Increments, counted + Increments + 1));
    }

    [Test]
    public async Task AProcessKilledInTheMiddleOfAPutLeavesNoTornObject([Range(1, 8)] int seed)
    {
        using var writer = StoreProcess.Start("overwrite", _folder.Root, "datasets/m/a");
        var writes = 2 + new Random(seed).Next(30);
        for (var i = 0; i < writes; i++)
            Assert.That(await writer.NextAsync(), Is.Not.Null);
        await writer.KillAsync();

        await using var found = await _folder.Store.GetAsync("datasets/m/a");
        Assert.That(UniformContent.IsWhole(await BytesAsync(found!)), Is.True);
        Assert.That(await _folder.Probe.PutAsync("datasets/m/a", "next", PutCondition.Unchanged(found!.Info.ETag)), Is.Not.Null, "the lock went with the process");
    }

    [Test]
    public void TheCheckForTornObjectsCanFail()
    {
        var torn = UniformContent.Create(7);
        torn[^1] = 8;

        Assert.That(UniformContent.IsWhole(UniformContent.Create(7)), Is.True);
        Assert.That(UniformContent.IsWhole(torn), Is.False);
        Assert.That(UniformContent.IsWhole(UniformContent.Create(7)[..^1]), Is.False);
    }

    private static async Task<byte[]> BytesAsync(StoredObject found)
    {
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
