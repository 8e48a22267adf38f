using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollbacks;

public sealed class RollbackReporterTests
{
    private readonly StringWriter _output = new();
    private readonly FakeTimeProvider _time = new();
    private LocalFolderFixture _fixture = null!;
    private Outcome _outcome = null!;

    [SetUp]
    public void Start() => (_fixture, _outcome) = (new(), new());

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task SuccessSaysHowLongItTook()
    {
        var environment = new EnvironmentDouble(_fixture.Folders);
        await RunAsync(environment, (_, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(4.2));
            return Task.FromResult("Rolled it back.");
        });

        Assert.That(_output.ToString(), Does.Contain("Rolled it back.").And.Contain("The rollback took 4.2 s."));
        Assert.That(_outcome.ClosingLines, Is.Empty);
        Assert.That(Summary, Does.Contain("## Rolled back in shore").And.Contain("It took 4.2 s."));
    }

    [Test]
    public async Task FailureEndsWithWhatIsLiveNow()
    {
        var environment = new EnvironmentDouble(_fixture.Folders) { Status = _ => Shown() };
        await RegisteredModel.PublishAsync(environment.Store, versions: 2, environment.Signer);
        await environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default);
        await LiveAsync(environment, revision: 1);

        Assert.That(() => RunAsync(environment, Fails), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("No."));
        Assert.That(_output.ToString(), Does.Contain("as status says"));
        Assert.That(_outcome.ClosingLines, Has.Count.EqualTo(1));
        Assert.That(_outcome.ClosingLines[0], Does.StartWith(
            "The rollback failed. Live in 'shore' now: traffic is on green, release release-2; its channels point to 'pumps' version 2. Fix the error above"));
        Assert.That(Summary, Does.Contain("## Rollback failed in shore").And.Contain("'pumps' version 2").And.Contain("No."));
    }

    [Test]
    public void WrongUsageEndsWithWhatWouldBeRightAndNothingElse()
    {
        var looks = 0;
        var environment = new EnvironmentDouble(_fixture.Folders)
        {
            Status = _ =>
            {
                looks++;
                return Task.CompletedTask;
            },
        };

        Assert.That(
            () => RunAsync(environment, (_, _) => throw new UsageException("--model names no model: 'pump'. Did you mean pumps?")),
            Throws.TypeOf<UsageException>().With.Message.EqualTo("--model names no model: 'pump'. Did you mean pumps?"));
        Assert.That((looks, _outcome.ClosingLines.Count, File.Exists(SummaryFile)), Is.EqualTo((0, 0, false)));
    }

    [Test]
    public async Task WhatWasAskedForAndNotReachedIsNotCalledLive()
    {
        var environment = new EnvironmentDouble(_fixture.Folders) { Status = _ => Shown() };
        await environment.Traffic.RequestAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default);
        await LiveAsync(environment, revision: 1);
        await environment.Traffic.RequestAsync(Color.Blue, TrafficAction.Rollback, "release-1", "ann", "back", default);

        Assert.That(() => RunAsync(environment, Fails), Throws.TypeOf<SlipwayException>());
        Assert.That(_outcome.ClosingLines[0], Does.Contain("traffic is on green (blue was requested, but the gateway has not applied it: settled)"));
    }

    [Test]
    public void StatusThatNeverComesIsNotWaitedForForEver()
    {
        var environment = new EnvironmentDouble(_fixture.Folders)
        {
            Status = _ =>
            {
                // its clock runs out while it looks
                _time.Advance(TimeSpan.FromMinutes(2));
                return new TaskCompletionSource().Task;
            },
        };

        Assert.That(() => RunAsync(environment, Fails), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("No."));
        Assert.That(_output.ToString(), Does.Contain("The status is not available: no response within 40 s"));
        Assert.That(_outcome.ClosingLines[0], Does.Contain("nothing, because no gateway has received traffic yet"));
    }

    [Test]
    public void StatusThatBreaksDoesNotHideWhyTheRollbackFailed()
    {
        var environment = new EnvironmentDouble(_fixture.Folders) { Status = _ => throw new InvalidOperationException("a defect") };

        Assert.That(() => RunAsync(environment, Fails), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("No."));
        Assert.That(_output.ToString(), Does.Contain("The status is not available: a defect"));
        Assert.That(_outcome.ClosingLines, Has.Count.EqualTo(1));
    }

    [Test]
    public void EnvironmentThatDoesNotOpenIsSaidToBeUnknown()
    {
        Assert.That(
            () => LoudAsync(_ => throw new SlipwayException("Nobody answers at AWS."), Fails, default), Throws.TypeOf<SlipwayException>().With.Message.Contains("AWS"));
        Assert.That(_outcome.ClosingLines[0], Does.StartWith("The rollback failed. The environment 'shore' could not be opened, so nothing was changed"));
    }

    [Test]
    public void CancelledRollbackSaysWhatIsLiveAllTheSame()
    {
        var environment = new EnvironmentDouble(_fixture.Folders) { Status = _ => Shown() };
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(
            () => LoudAsync(_ => Task.FromResult<SlipwayEnvironment>(environment), (_, token) => Task.FromCanceled<string>(token), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_outcome.ClosingLines[0], Does.Contain("Live in 'shore' now"));
    }

    private string SummaryFile => Path.Combine(_fixture.Root, "summary.md");

    private string Summary => File.ReadAllText(SummaryFile);

    private static Task<string> Fails(SlipwayEnvironment environment, CancellationToken cancellation) => throw new SlipwayException("No.");

    private Task Shown()
    {
        _output.WriteLine("as status says");
        return Task.CompletedTask;
    }

    private static async Task LiveAsync(SlipwayEnvironment environment, int revision) => await environment.Store.WriteAsync(
        StoreKeys.TrafficState("main"),
        new(revision, TrafficPhase.Promoted, TrafficSplit.All(Color.Green), Color.Green, "settled.", new(null, 1), default),
        RegistryJson.Default.TrafficState, PutCondition.Absent);

    private Task RunAsync(SlipwayEnvironment environment, Func<SlipwayEnvironment, CancellationToken, Task<string>> work) =>
        LoudAsync(_ => Task.FromResult(environment), work, default);

    private Task LoudAsync(
        Func<CancellationToken, Task<SlipwayEnvironment>> open, Func<SlipwayEnvironment, CancellationToken, Task<string>> work, CancellationToken cancellation) =>
        new RollbackReporter(
            "shore", new PlainReport(_output, _outcome, _time),
            new(name => name == EnvironmentVariables.GitHubSummary ? SummaryFile : null, TextWriter.Null), _time).RunAsync(open, work, cancellation);
}
