using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Behavior that only buckets have.</summary>
public sealed class S3BucketTests
{
    [Test]
    public async Task LetsExactlyOneOfManyMachinesWrite([Range(1, 10)] int round)
    {
        const int machines = 8;
        using var bucket = await S3Bucket.CreateAsync();
        var before = round % 2 == 0 ? await bucket.Probe().PutAsync("traffic/main/state.json", "before") : null;

        var writes = await Task.WhenAll(Enumerable.Range(0, machines).Select(machine => Task.Run(async () =>
        {
            using var client = await MotoServer.CreateClientAsync();
            var store = new S3ObjectStore(client, bucket.Name, TimeProvider.System);
            return (machine, put: await new ObjectStoreProbe(store).PutAsync("traffic/main/state.json", $"{machine}", PutCondition.Since(before?.ETag)));
        })));

        var winner = writes.Single(write => write.put is not null).machine;
        Assert.That(await bucket.Probe().ReadAsync("traffic/main/state.json"), Is.EqualTo($"{winner}"));
    }

    [Test]
    public async Task LetsAllOfThemWriteWithoutACondition()
    {
        using var bucket = await S3Bucket.CreateAsync();

        var writes = await Task.WhenAll(Enumerable.Range(0, 4).Select(machine => bucket.Probe().PutAsync("a", $"{machine}")));

        Assert.That(writes.Select(write => write!.Version), Is.Unique);
    }

    [Test]
    public async Task RefusesABucketThatKeepsNoVersions()
    {
        using var bucket = await S3Bucket.CreateAsync(versioned: false);

        Assert.That(
            () => bucket.Probe().PutAsync("models/m/a", "x"),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("keeps no versions").And.Message.Contains("put-bucket-versioning"));
    }

    [Test]
    public async Task NamesABucketThatDoesNotExist()
    {
        using var client = await MotoServer.CreateClientAsync();
        var store = new S3ObjectStore(client, "no-such-bucket-here", TimeProvider.System);
        var probe = new ObjectStoreProbe(store);

        foreach (var question in new Func<Task>[]
        {
            () => probe.PutAsync("a", "x"), () => probe.ReadAsync("a"), () => probe.ListAsync(""), () => store.HeadAsync("a"), () => store.DeleteAsync("a"),
            () => store.GetIfChangedAsync("a", null), () => store.CopyAsync("a", "v", "b", PutCondition.None),
        })
            Assert.That(question, Throws.InstanceOf<SlipwayException>().With.Message.Contains("'no-such-bucket-here' failed: the bucket does not exist"));
    }

    [Test]
    public async Task PassesOverWhatIsNoKeyOfOurs()
    {
        using var bucket = await S3Bucket.CreateAsync();
        foreach (var foreign in new[] { "datasets/m/", "datasets/m/a\u0001b.csv", "datasets//c.csv", "datasets/m/.hidden" })
            await bucket.Client.PutObjectAsync(new() { BucketName = bucket.Name, Key = foreign, ContentBody = "x" });
        await bucket.Probe().PutAsync("datasets/m/a.csv", "x");

        Assert.That(await bucket.Probe().ListAsync("datasets/"), Is.EqualTo(new[] { "datasets/m/a.csv" }));
    }

    [Test]
    public async Task ListsWithoutVersionsAndReturnsThemOnRequest()
    {
        using var bucket = await S3Bucket.CreateAsync();
        var put = await bucket.Probe().PutAsync("datasets/m/a.csv", "x");

        var listed = await bucket.Open().ListAsync("datasets/").SingleAsync();

        Assert.That((listed.Version, listed.ETag), Is.EqualTo(("", put!.ETag)));
        Assert.That((await bucket.Open().HeadAsync(listed.Key))!.Version, Is.EqualTo(put.Version));
    }
}
