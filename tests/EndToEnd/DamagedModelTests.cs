using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Soak.Fragile;

namespace Slipway.EndToEnd.Tests;

/// <summary>One model's archive is damaged while nothing is running: all others start again, and Deploy reports what is missing.</summary>
public sealed class DamagedModelTests
{
    private const string Damaged = "penguins";

    private readonly LocalSystem _system = new();
    private byte[] _archive = [];
    private HostRun _deploy = null!;

    [OneTimeSetUp]
    public async Task DeployWithADamagedArchive()
    {
        await _system.BringTrainedModels();
        _archive = await File.ReadAllBytesAsync(await ArchiveAsync());
        await File.WriteAllBytesAsync(await ArchiveAsync(), _archive[..(_archive.Length / 2)]);
        _deploy = await _system.Deploy();
    }

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test, Order(1)]
    public void EndsWithWhatIsMissingAndHowToMendIt()
    {
        Assert.That(_deploy.ExitCode, Is.EqualTo(1), _deploy.All);
        Assert.That(_deploy.All, Does.Contain($"'{Damaged}' is not served as the channels require; all other models are.").And.Not.Contain("   at "));
        Assert.That(_deploy.Lines[^1], Does.StartWith($"Missing: '{Damaged}' version 1 is not served: ").And.Contain($"--target=Train --model={Damaged}").And.Not.Contain("--target=Rollback"));
    }

    [Test, Order(2)]
    public async Task ServesAllOthers()
    {
        foreach (var model in LocalSystem.ModelsWithASample())
        {
            using var answer = await _system.Http.GetAsync($"{_system.Url}/v2/models/{model}/ready");
            Assert.That(answer.StatusCode, Is.EqualTo(model == Damaged ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK), model);
        }
    }

    [Test, Order(3)]
    public async Task SucceedsAgainOnceItIsMended()
    {
        await File.WriteAllBytesAsync(await ArchiveAsync(), _archive);
        await _system.Succeeds(_system.Run("Stop"));

        await _system.Succeeds(_system.Deploy());

        using var answer = await _system.Http.GetAsync($"{_system.Url}/v2/models/{Damaged}/ready");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test, Order(4)]
    public async Task PutsAVersionBackThatFailsALiveRequestAndBlocksItForTheFleet()
    {
        var (version, row) = await PublishAFragileVersionAsync();
        await EventuallyAsync(async () => (await AskAsync((await _system.Golden(model: Damaged)).Inputs[0])).Version == version.Version, "the version is served");

        var deciding = await AskAsync(row);
        Assert.That(deciding, Is.EqualTo(new Answered(HttpStatusCode.OK, 1)), "the caller does not notice");
        var channels = new ModelChannels(_system.Store, TimeProvider.System);
        await EventuallyAsync(async () => (await channels.SnapshotAsync(Damaged, default)).Blocks(version.Artifact.OnnxSha256), "the gateway blocked the version");

        var seen = await channels.SnapshotAsync(Damaged, default);
        Assert.That((seen.Last!.By, seen.Last.To, string.Join(' ', seen.Pointers.Values.Select(pointer => pointer.Version))), Is.EqualTo(("gateway main", 1, "1 1")));
        Assert.That(seen.Last.Reason, Does.Match($"^Server (blue|green)-.+ put version {version.Version} back: it has no finite prediction for a request for which version 1 has one"));
    }

    /// <summary>Its golden set and all rows are predicted as before, except for one beyond the training data.</summary>
    private async Task<(ModelManifest Version, IReadOnlyList<float> Row)> PublishAFragileVersionAsync()
    {
        var versions = new ModelVersions(_system.Store);
        var sound = (await versions.GetAsync(Damaged, 1, default))!;
        var at = sound.Schema.Features.ToList().IndexOf("body_mass_g");
        var column = sound.Schema.Columns.Single(column => column.Name == "body_mass_g");
        var beyond = column.Maximum!.Value + 500;
        var folder = Path.Combine(_system.Home, "fragile");
        await new ArtifactFetcher(_system.Store).FetchAsync(sound.Artifact, folder, default);
        var onnx = FragileModel.Of(await File.ReadAllBytesAsync(Path.Combine(folder, ArtifactFiles.Onnx)), sound.Schema, at, center: beyond, half: 1);
        await File.WriteAllBytesAsync(Path.Combine(folder, ArtifactFiles.Onnx), onnx);
        using var archive = new MemoryStream();
        await ArtifactArchive.PackAsync(folder, archive, default);
        archive.Position = 0;
        var job = $"{Damaged}-0123456789ab-a1";
        var key = StoreKeys.TrainingArtifact(job);
        var stored = await _system.Store.PutAsync(key, archive, PutCondition.Absent);
        var keys = Path.Combine(_system.Folder, "keys");
        var signer = SigningKeyFile.ReadOrCreate(Path.Combine(keys, "signing-key.pem"), Path.Combine(keys, "signing-key.pub.pem"));
        var artifact = new ArtifactReference(key, stored!.Version, archive.Length, Sha256Hex.Of(archive.ToArray()), Sha256Hex.Of(onnx));
        var version = await versions.RegisterAsync(Damaged, number => sound with { Version = number, Artifact = artifact, Lineage = sound.Lineage with { TrainingJob = job } }, signer, default);
        await new ModelChannels(_system.Store, TimeProvider.System).MoveAsync(
            new(Damaged, version.Version, HistoryAction.Publish, Colors.All, "tests", "A version that fails one request."), default);
        float[] row = [.. (await _system.Golden(model: Damaged)).Inputs[0]];
        row[at] = beyond;
        return (version, row);
    }

    private async Task<Answered> AskAsync(IReadOnlyList<float> row)
    {
        using var content = new StringContent(JsonSerializer.Serialize(GoldenRequest.Of([row]), GoldenRequestJson.Default.GoldenRequest), Encoding.UTF8, "application/json");
        using var answer = await _system.Http.PostAsync(new Uri($"{_system.Url}/v2/models/{Damaged}/infer"), content);
        return new(answer.StatusCode, answer.Headers.TryGetValues(SlipwayHeaders.ModelVersion, out var version) ? int.Parse(version.Single(), CultureInfo.InvariantCulture) : null);
    }

    private async Task EventuallyAsync(Func<Task<bool>> isSo, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(60)), $"waited in vain until {what}: {await StatusAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task<string> StatusAsync() => (await _system.Run("Status")).All;

    private sealed record Answered(HttpStatusCode Status, int? Version);

    private async Task<string> ArchiveAsync() =>
        Path.Combine(_system.Folder, "store", (await new ModelVersions(_system.Store).GetAsync(Damaged, 1, default))!.Artifact.Key);
}
