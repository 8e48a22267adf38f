using System.Text;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;

namespace Slipway.Aws.Tests.Storage;

public sealed class OrdinalOrderTests
{
    // letters before, between and after the surrogates, in both orders of the two
    private static readonly string[] Letters = ["a", "/", "\uD7FF", "\U00010000", "🚢", "\uE000", "\uFF21"];

    [Test]
    public async Task SortsEveryListThatComesInTheOrderOfBytes([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, 300)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Letters[random.Next(Letters.Length)])))
            .Distinct().ToArray();

        var sorted = await OrdinalOrder.OfAsync(InUtf8Order(keys).ToAsyncEnumerable(), info => info.Key).Select(info => info.Key).ToListAsync();

        Assert.That(InUtf8Order(keys).Select(info => info.Key), Is.Not.EqualTo(sorted), "the orders differ, or this shows nothing");
        Assert.That(sorted, Is.EqualTo(keys.Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task HoldsNothingOfAListThatIsInOrder()
    {
        var given = 0;
        var keys = InUtf8Order([.. Enumerable.Range(0, 100).Select(i => $"a/é{i:D3}")]).Select(info =>
        {
            given++;
            return info;
        });

        await foreach (var _ in OrdinalOrder.OfAsync(keys.ToAsyncEnumerable(), info => info.Key))
            break;

        Assert.That(given, Is.EqualTo(1));
    }

    private static IEnumerable<ObjectInfo> InUtf8Order(string[] keys) =>
        keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal).Select(key => new ObjectInfo(key, "", 0, "", default));
}
