using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;
using Slipway.Registry.Tests.Manifests;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.History;

/// <summary>
/// A model with three versions and real archives: published one after the other, an hour apart, then rolled back from the third to the
/// second, which blocks the third.
/// </summary>
internal sealed class AuditFixture : IDisposable
{
    private readonly StoreFolder _folder = new();

    /// <summary>What the audit requires of signatures.</summary>
    public SignaturePolicy Signatures { get; set; } = new(SignatureMode.Enforce, new([SampleManifests.Signer.Key]));

    /// <summary>Signs moves from now on; null for a process without a key.</summary>
    public IManifestSigner? Mover { get; set; } = SampleManifests.Signer;

    public FakeTimeProvider Time { get; } = new(Start);
    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    public StoreFolder Folder => _folder;
    public IObjectStore Store => _folder.Store;

    public static async Task<AuditFixture> CreateAsync()
    {
        var fixture = new AuditFixture();
        for (var version = 1; version <= 3; version++)
            await fixture.PublishAsync(version);

        await fixture.MoveAsync(2, HistoryAction.Rollback, await fixture.OnnxSha256Async(3));
        return fixture;
    }

    public async Task PublishAsync(int version)
    {
        await RegisterAsync(version);
        await MoveAsync(version, HistoryAction.Publish);
    }

    public async Task<string[]> ProblemsAsync() =>
        [.. (await AuditAsync()).Problems.Select(problem => $"{problem.Kind} {problem.Entry}")];

    public Task<AuditedModel> AuditAsync() => new ModelAudit(Store, Signatures).RunAsync(SampleManifests.Model, CancellationToken.None);

    public async Task<InspectedHistory> InspectAsync() => await new ModelHistory(Store).InspectAsync(SampleManifests.Model, CancellationToken.None);

    public async Task<string> OnnxSha256Async(int version) =>
        (await new ModelVersions(Store).GetAsync(SampleManifests.Model, version, CancellationToken.None))!.Artifact.OnnxSha256;

    public Task<HistoryEntry> MoveAsync(int version, HistoryAction action, params string[] block) => MoveAsync(Store, version, action, block);

    public async Task<HistoryEntry> MoveAsync(IObjectStore store, int version, HistoryAction action, params string[] block)
    {
        var entry = await new ModelChannels(store, Time, signer: Mover).MoveAsync(
            new(SampleManifests.Model, version, action, Colors.All, "operator", $"{action} {version}", block), CancellationToken.None);
        Time.Advance(TimeSpan.FromHours(1));
        return entry;
    }

    public string FileOfEntry(int number) => _folder.FileOf(StoreKeys.HistoryEntry(SampleManifests.Model, number));

    public string FileOfChannel(Color color) => _folder.FileOf(StoreKeys.Channel(SampleManifests.Model, color));

    public string FileOfVersion(int version) => _folder.FileOf(StoreKeys.Version(SampleManifests.Model, version));

    public string FileOfArchive(int version) => _folder.FileOf(StoreKeys.TrainingArtifact(Job(version)));

    public static void Rewrite(string path, string old, string changed)
    {
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(old));
        File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static string Job(int version) => $"{SampleManifests.Model}-{version}-a1";

    private async Task RegisterAsync(int version)
    {
        byte[] onnx = [.. OnnxBytes.GoodModel(), .. OnnxBytes.Field(5, (ulong)version)];
        var archive = await PackedArtifact.CreateAsync(new Dictionary<string, byte[]> { [ArtifactFiles.Onnx] = onnx });
        var put = await Store.PutAsync(StoreKeys.TrainingArtifact(Job(version)), new MemoryStream(archive), PutCondition.None);
        var artifact = new ArtifactReference(
            put!.Key, put.Version, put.Length, Convert.ToHexStringLower(SHA256.HashData(archive)), Convert.ToHexStringLower(SHA256.HashData(onnx)));
        var seen = await new ModelChannels(Store, Time).SnapshotAsync(SampleManifests.Model, CancellationToken.None);
        await new ModelVersions(Store).RegisterAsync(
            SampleManifests.Model, number => SampleManifests.Create(number, Job(number)) with { Artifact = artifact, After = seen.Head }, SampleManifests.Signer, CancellationToken.None);
    }
}
