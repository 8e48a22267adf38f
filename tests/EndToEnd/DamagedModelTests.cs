using System.Net;
using Slipway.Registry.Manifests;

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

    private async Task<string> ArchiveAsync() =>
        Path.Combine(_system.Folder, "store", (await new ModelVersions(_system.Store).GetAsync(Damaged, 1, default))!.Artifact.Key);
}
