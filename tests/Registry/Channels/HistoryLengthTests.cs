using System.Text.Json;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Channels;

/// <summary>What a move takes must not grow with the number of moves before it.</summary>
public sealed class HistoryLengthTests
{
    private ChannelFixture _fixture = null!;
    private CountingStore _store = null!;

    [SetUp]
    public async Task PublishTheFirstVersion()
    {
        _fixture = new(store => _store = new(store));
        await _fixture.RegisterAsync(2);
        await _fixture.PublishAsync(1);
    }

    [TearDown]
    public void DeleteFolder() => _fixture.Dispose();

    [Test]
    public async Task AMoveTakesTheSameRequestsAfterTenAndAfterTenThousandMoves()
    {
        var few = await RequestsOfAMoveAfterAsync(10);
        var many = await RequestsOfAMoveAfterAsync(10_000);

        Assert.That(many, Is.EqualTo(few).And.Length.LessThan(25));
        Assert.That(many, Has.None.StartsWith("List"), "a list of keys is one request, and yet takes as long as there are keys");
    }

    [Test]
    public async Task WithoutChannelsTheLastEntryIsFoundInAFewRequests()
    {
        await ExtendAsync(to: 5000);
        foreach (var color in Colors.All)
            File.Delete(_fixture.FileOfChannel(color));
        _store.Requests.Clear();

        var seen = await _fixture.Channels.SnapshotAsync(SampleManifests.Model, CancellationToken.None);

        Assert.That(seen.Head.Number, Is.EqualTo(5000));
        Assert.That(_store.Requests, Has.Count.LessThan(2 * Math.Log2(5000) + 8));
    }

    [Test]
    public async Task FindsTheLastOfTheEntriesThatNoChannelHasYet([Range(1, 18)] int unfinished)
    {
        await ExtendAsync(to: 3);
        var pointers = Colors.All.ToDictionary(_fixture.FileOfChannel, color => File.ReadAllBytes(_fixture.FileOfChannel(color)));
        await ExtendAsync(to: 3 + unfinished);
        foreach (var (file, content) in pointers)
            await File.WriteAllBytesAsync(file, content);

        Assert.That((await _fixture.Channels.SnapshotAsync(SampleManifests.Model, CancellationToken.None)).Head.Number, Is.EqualTo(3 + unfinished));
    }

    private async Task<string[]> RequestsOfAMoveAfterAsync(int moves)
    {
        await ExtendAsync(to: moves);
        _store.Requests.Clear();
        var entry = await _fixture.RollBackAsync(2);
        Assert.That(entry.Number, Is.EqualTo(moves + 1));
        var requests = _store.Requests.ToArray();
        await _fixture.RollBackAsync(1);
        return [.. requests.Select(request => request.Replace((moves + 2).ToString("D10"), "next", StringComparison.Ordinal)
            .Replace((moves + 1).ToString("D10"), "this", StringComparison.Ordinal).Replace(moves.ToString("D10"), "last", StringComparison.Ordinal))];
    }

    // as so many moves would have left it, without their time
    private async Task ExtendAsync(int to)
    {
        var snapshot = await _fixture.Channels.SnapshotAsync(SampleManifests.Model, CancellationToken.None);
        var (number, sha256, last) = (snapshot.Head.Number, snapshot.Head.Sha256, snapshot.Last!);
        while (number < to)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(last with { Number = ++number, BeforeSha256 = sha256 }, RegistryJson.Default.HistoryEntry);
            File.WriteAllBytes(_fixture.FileOfEntry(number), bytes);
            sha256 = Sha256Hex.Of(bytes);
        }

        foreach (var color in Colors.All)
            await _store.WriteAsync(
                StoreKeys.Channel(SampleManifests.Model, color), snapshot.Pointers[color] with { HistoryEntry = number, HistorySha256 = sha256 },
                RegistryJson.Default.ChannelPointer, PutCondition.None, CancellationToken.None);
    }
}
