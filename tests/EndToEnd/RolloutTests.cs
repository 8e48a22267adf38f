using System.Globalization;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.EndToEnd.Tests;

/// <summary>Good and bad candidates, with two servers a color behind two gateways. In order: each test continues where the previous one ended.</summary>
public sealed class RolloutTests
{
    private const string Model = "tumor-diagnosis";
    private static readonly string[] Two = ["--Local_Servers=2", "--Local_Gateways=2"];

    private readonly LocalSystem _system = new();

    [OneTimeSetUp]
    public async Task DeployTwoOfEach()
    {
        await _system.BringTrainedModels();
        var run = await _system.Succeeds(_system.Deploy(Two));
        Assert.That(run.Output, Does.Contain("gateway-2"));
    }

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test, Order(1)]
    public async Task GoodVersionIsServedByOneColorFirstAndThenByBoth()
    {
        var run = await _system.Succeeds(_system.Run("Train", $"--model={Model}", $"--dataset={await FewerRowsAsync()}"));

        Assert.That(run.Output, Does.Contain("step 1 of 2, 25 % of requests to green").And.Contain($"Both colors serve '{Model}' version 2."));
        var entries = await new ModelHistory(_system.Store).ReadAsync(Model, 0, default).ToListAsync();
        Assert.That(entries.Select(entry => (entry.To, string.Join("+", entry.Channels.Select(color => color.Word())))), Is.EqualTo(new[] { (1, "blue+green"), (2, "green"), (2, "blue") }));
        // the model's requests are where all others are
        await UntilAsync(state => state.Rollout is null);
    }

    [Test, Order(2)]
    public async Task BadReleaseIsTakenBackByWhatCallersGotAndItsVerdictCanBeComputedAgain()
    {
        await using var load = await _system.StartLoad();
        await load.Answers(100);
        var run = await _system.Deploy([.. Two, "--fault=errors:0.5", "--Local_Rollout_Probes=off"]);
        var explained = await _system.Succeeds(_system.Run("Explain"));

        Assert.That(run.ExitCode, Is.EqualTo(3), run.All);
        Assert.That(run.All, Does.Match(@"Error: Rollout r\d+ of release \w+ to green was rolled back").And.Contain("All traffic is on blue.").And.Contain("--target=Explain --rollout=r"));
        Assert.That(run.Output, Does.Match(@"errors +\d+ of \d+").And.Contain("The bad requests on the candidate that were counted last"));
        Assert.That(explained.Output, Does.Contain("Computed again from the recorded counts").And.Contain("E = mean of r^"));
        Assert.That((await StateAsync()).Split, Is.EqualTo(TrafficSplit.All(Color.Blue)));
    }

    [Test, Order(3)]
    public async Task ReleaseThatWasTakenBackIsRefusedUntilSomebodyInsists()
    {
        var run = await _system.Deploy([.. Two, "--fault=errors:0.5"]);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.All);
        Assert.That(run.All, Does.Contain("is not rolled out again by itself").And.Contain("--target=Deploy --retry").And.Not.Contain("==> Roll out"));
    }

    [Test, Order(4)]
    public async Task RolloutGoesOnWithoutTheCommandThatWaitedForItWhichWaitsAgainAndARollbackTakesItBack()
    {
        string[] slowly = [.. Two, "--port=0", "--fault=errors:0.5", "--retry", "--Local_Rollout_Probes=off", "--Local_Rollout_Hold=00:01:00", "--Local_Rollout_Deadline=00:30:00"];
        _system.Begin("Deploy", slowly);
        await UntilAsync(state => state.Phase == TrafficPhase.Progressing);
        await _system.Running.Kill();

        Assert.That((await StateAsync()).Phase, Is.EqualTo(TrafficPhase.Progressing));
        var status = await _system.Succeeds(_system.Run("Status"));
        _system.Kill("gateway");
        // the same command starts the gateway that died, shows the rollout as it is, and waits for it again
        _system.Begin("Deploy", slowly);
        await _system.Running.Says("step 1 of 2, 25 % of requests to green");
        Assert.That(_system.Running.Output, Does.Contain("Start the gateway"));
        var back = await _system.Succeeds(_system.Run("Rollback", "--reason=enough"));

        Assert.That(status.Output, Does.Match("rollout +r.* to green: step 1 of 2, 25 % of requests"));
        Assert.That(back.Output, Does.Match(@"Rollout r\d+ of release \w+ was taken back: all its requests are on blue\."));
        Assert.That((await StateAsync()).Phase, Is.EqualTo(TrafficPhase.RolledBack));
        await _system.Running.Says(@"Error: Rollout r\d+ of release \w+ to green was rolled back");
    }

    [Test, Order(5)]
    public async Task DriftedStreamIsReportedAndAnUndriftedOneOfTheSameLengthIsNot()
    {
        await SendAsync(factor: 1);
        var like = await VerdictAsync(verdict => verdict.State != DriftState.TooFew);
        await SendAsync(factor: 1.5);
        var unlike = await VerdictAsync(verdict => verdict.State == DriftState.Drifted);
        var status = await _system.Succeeds(_system.Run("Status"));

        Assert.That((like.State, like.Drifted), Is.EqualTo((DriftState.Stable, 0)), like.Sentence);
        Assert.That(unlike.Features.Where(feature => feature.Drifted).Select(feature => feature.Name), Does.Contain("radius_mean"));
        Assert.That(unlike.Ratio, Is.GreaterThan(1));
        Assert.That(unlike.AlarmSince, Is.Not.Null);
        Assert.That(status.Output, Does.Match($@"{Model} +version \d+, ").And.Contain($"--target=Train --model={Model} --dataset=<file>"));
    }

    /// <summary>The rows of the dataset, half of them to each server.</summary>
    private async Task SendAsync(double factor)
    {
        string[] lines = await File.ReadAllLinesAsync(await FewerRowsAsync());
        foreach (var some in lines.Skip(1).Chunk(250))
        {
            using var body = new StringContent(string.Join('\n', some.Select(line => Scaled(line, factor)).Prepend(lines[0])), Encoding.UTF8, "text/csv");
            using var response = await _system.Http.PostAsync($"{_system.Url}/invocations?model={Model}", body);
            Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    private static string Scaled(string line, double factor) => string.Join(',', line.Split(',').Select((cell, column) =>
        column < 2 ? cell : (double.Parse(cell, CultureInfo.InvariantCulture) * factor).ToString(CultureInfo.InvariantCulture)));

    private async Task<DriftVerdict> VerdictAsync(Func<DriftVerdict, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            if ((await _system.Store.ReadAsync(StoreKeys.LatestDrift(Model), RegistryJson.Default.DriftVerdict, default))?.Value is { } latest && condition(latest))
                return latest;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task<string> FewerRowsAsync()
    {
        var sample = Directory.EnumerateFiles(Path.Combine(BuildHost.Repository, "training", "models", Model), "*.csv").Single();
        var path = Path.Combine(_system.Home, "tumors.csv");
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(sample)).Take(500));
        return path;
    }

    private async Task<TrafficState> StateAsync() =>
        (await _system.Store.ReadAsync(StoreKeys.TrafficState("main"), RegistryJson.Default.TrafficState, default))!.Value;

    private async Task UntilAsync(Func<TrafficState, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!condition(await StateAsync()))
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
