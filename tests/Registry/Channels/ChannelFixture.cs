using Microsoft.Extensions.Time.Testing;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Channels;

/// <summary>A model with some registered versions, whose channels move.</summary>
public sealed class ChannelFixture : IDisposable
{
    private readonly StoreFolder _folder = new();

    public ChannelFixture(Func<IObjectStore, IObjectStore>? wrap = null)
    {
        Store = wrap is null ? _folder.Store : wrap(_folder.Store);
        Channels = new(Store, Time);
        History = new(_folder.Store);
    }

    public IObjectStore Store { get; }
    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    public ModelChannels Channels { get; }
    public ModelHistory History { get; }

    public async Task RegisterAsync(int versions)
    {
        for (var i = 0; i < versions; i++)
            await new ModelVersions(_folder.Store).RegisterAsync(SampleManifests.Model, version => SampleManifests.Create(version), SampleManifests.Signer, CancellationToken.None);
    }

    public Task<HistoryEntry> PublishAsync(int version, params Color[] channels) => MoveAsync(version, HistoryAction.Publish, channels);

    public Task<HistoryEntry> RollBackAsync(int version, string[]? block = null) => MoveAsync(version, HistoryAction.Rollback, [], block);

    public Task<HistoryEntry> MoveAsync(int version, HistoryAction action, Color[] channels, string[]? block = null, string by = "operator") =>
        Channels.MoveAsync(
            new(SampleManifests.Model, version, action, channels is [] ? Colors.All : channels, by, $"{action} {version}", block), CancellationToken.None);

    public async Task<ChannelPointer?> PointerAsync(Color color) =>
        (await Channels.GetAsync(SampleManifests.Model, color, CancellationToken.None))?.Value;

    public Task<List<HistoryEntry>> EntriesAsync() => History.ReadAsync(SampleManifests.Model, CancellationToken.None).ToListAsync().AsTask();

    public async Task<string[]> ProblemsAsync() =>
        [.. (await History.VerifyAsync(SampleManifests.Model, CancellationToken.None)).Select(problem => $"{problem.Kind} {problem.Entry}")];

    public string FileOfEntry(int number) => _folder.FileOf(StoreKeys.HistoryEntry(SampleManifests.Model, number));

    public string FileOfChannel(Color color) => _folder.FileOf(StoreKeys.Channel(SampleManifests.Model, color));

    public void Dispose() => _folder.Dispose();
}
