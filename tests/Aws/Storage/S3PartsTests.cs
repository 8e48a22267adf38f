using System.Security.Cryptography;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Uploads and copies in parts, of sizes that a test can fill.</summary>
public sealed class S3PartsTests
{
    private const int MiB = 1024 * 1024;
    private const long TB = 1_000_000_000_000;

    private static readonly S3Limits Small = new(Part: 5 * MiB, CopyWhole: MiB, CopyPart: 5 * MiB);

    private S3Bucket _bucket = null!;
    private S3ObjectStore _store = null!;

    [SetUp]
    public async Task CreateBucket() => _store = (_bucket = await S3Bucket.CreateAsync()).Open(Small);

    [TearDown]
    public async Task NoPartsStay()
    {
        if (_bucket is null)
            return;
        using (_bucket)
            Assert.That(await _bucket.UnfinishedAsync(), Is.Empty);
    }

    [TestCase(5 * MiB - 1, 0)]
    [TestCase(5 * MiB, 1)]
    [TestCase(5 * MiB + 1, 2)]
    [TestCase(12 * MiB, 3)]
    public async Task WritesInPartsFromThePartSizeOn(int length, int parts)
    {
        await using var content = new PatternStream(length);

        var put = await _store.PutAsync("datasets/m/a.csv", content, PutCondition.Absent);

        Assert.That(put!.Length, Is.EqualTo(length));
        Assert.That(put.ETag.Trim('"').Split('-').Skip(1), Is.EqualTo(parts == 0 ? [] : new[] { $"{parts}" }), "S3 counts the parts in the ETag");
        await AssertIsAsync("datasets/m/a.csv", put.Version, length);
    }

    [Test]
    public async Task SendsNothingWhereTheConditionDoesNotHoldAnyway()
    {
        var there = await new ObjectStoreProbe(_store).PutAsync("datasets/m/a.csv", "there");
        var read = 0L;
        await using var content = new PatternStream(50 * MiB, onRead: position => read = position);

        Assert.That(await _store.PutAsync("datasets/m/a.csv", content, PutCondition.Absent), Is.Null);
        Assert.That(read, Is.LessThan(6 * MiB));

        await using var other = new PatternStream(6 * MiB);
        Assert.That(await _store.PutAsync("datasets/m/a.csv", other, PutCondition.Unchanged("\"another\"")), Is.Null);
        await using var next = new PatternStream(6 * MiB);
        Assert.That(await _store.PutAsync("datasets/m/a.csv", next, PutCondition.Unchanged(there!.ETag)), Is.Not.Null);
    }

    [Test]
    public async Task CopiesInParts()
    {
        const int length = 12 * MiB + 3;
        await using var content = new PatternStream(length);
        var put = await _store.PutAsync("datasets/m/a b+c.csv", content, PutCondition.None);
        await new ObjectStoreProbe(_store).PutAsync("datasets/m/a b+c.csv", "newer");

        var copied = await _store.CopyAsync("datasets/m/a b+c.csv", put!.Version, "training-jobs/j/input/a b+c.csv", PutCondition.Absent);

        Assert.That((copied!.Length, copied.ETag.Trim('"').Split('-')[1]), Is.EqualTo((length, "3")));
        await AssertIsAsync("training-jobs/j/input/a b+c.csv", copied.Version, length);
        Assert.That(await _store.CopyAsync("datasets/m/a b+c.csv", put.Version, "training-jobs/j/input/a b+c.csv", PutCondition.Absent), Is.Null);
    }

    [TestCase(0.2)]
    [TestCase(5)]
    [TestCase(6)]
    public void HoldsSoManyTerabytesInTenThousandParts(double terabytes)
    {
        var length = (long)(terabytes * TB);
        long held = 0;
        var parts = 0;
        while (held < length)
            held += S3Limits.Standard.PartSize(++parts);
        var copied = (length + S3Limits.Standard.CopyPartSize(length) - 1) / S3Limits.Standard.CopyPartSize(length);

        Assert.That((parts, (int)copied), Is.EqualTo((Math.Min(parts, 10_000), Math.Min((int)copied, 10_000))));
    }

    private async Task AssertIsAsync(string key, string version, long length)
    {
        await using var found = await _store.GetAsync(key, version);
        await using var expected = new PatternStream(length);
        Assert.That(await SHA256.HashDataAsync(found!.Content), Is.EqualTo(await SHA256.HashDataAsync(expected)));
    }
}
