using Microsoft.Extensions.Time.Testing;

namespace Slipway.Registry.Tests;

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
            await new ModelVersions(_folder.Store).RegisterAsync(Manifests.Model, version => Manifests.Create(version), Manifests.Signer, CancellationToken.None);
    }

    public Task<HistoryEntry> PublishAsync(int version, params Color[] channels) => MoveAsync(version, HistoryAction.Publish, channels);

    public Task<HistoryEntry> RollBackAsync(int version, string[]? block = null) => MoveAsync(version, HistoryAction.Rollback, [], block);

    public Task<HistoryEntry> MoveAsync(int version, HistoryAction action, Color[] channels, string[]? block = null, string by = "operator") =>
        Channels.MoveAsync(
            new(Manifests.Model, version, action, channels is [] ? Colors.All : channels, by, $"{action} {version}", block), CancellationToken.None);

    public async Task<ChannelPointer?> PointerAsync(Color color) =>
        (await Channels.GetAsync(Manifests.Model, color, CancellationToken.None))?.Value;

    public Task<List<HistoryEntry>> EntriesAsync() => History.ReadAsync(Manifests.Model, CancellationToken.None).ToListAsync().AsTask();

    public async Task<string[]> ProblemsAsync() =>
        [.. (await History.VerifyAsync(Manifests.Model, CancellationToken.None)).Select(problem => $"{problem.Kind} {problem.Entry}")];

    public string FileOfEntry(int number) => _folder.FileOf(StoreKeys.HistoryEntry(Manifests.Model, number));

    public string FileOfChannel(Color color) => _folder.FileOf(StoreKeys.Channel(Manifests.Model, color));

    public void Dispose() => _folder.Dispose();
}
