using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;

namespace Slipway.Build.Tests.Environments.Reports;

/// <summary>On a model whose folder is in no repository: published at 8 and at 9 o'clock, rolled back at 10.</summary>
public sealed class HistoryReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private FakeTimeProvider _time = new(Start);
    private LocalFolderFixture _folders = null!;
    private LocalEnvironment _environment = null!;
    private StringWriter _output = new();

    [SetUp]
    public async Task MakeAHistory()
    {
        _folders = new();
        _output = new() { NewLine = "\n" };
        _time = new(Start);
        _environment = new(_folders.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromMinutes(1))), LocalFolderFixture.NoEngine, _time);
        foreach (var (version, action) in new[] { (1, HistoryAction.Publish), (2, HistoryAction.Publish), (1, HistoryAction.Rollback) })
        {
            if (action == HistoryAction.Publish)
                await _environment.Versions.RegisterAsync("pumps", Manifest, _environment.Signer, default);
            await _environment.Channels.MoveAsync(new("pumps", version, action, Colors.All, "operator", $"{action} {version}."), default);
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [TearDown]
    public void Delete()
    {
        _folders.Dispose();
        _output.Dispose();
    }

    [Test]
    public async Task ShowsWhoMovedWhatAndThatNobodyChangedIt()
    {
        Assert.That(await Show(), Is.True);

        Assert.That(_output.ToString(), Does.Match("publish +- -> 1 .*by operator: Publish 1").And.Match("rollback +2 -> 1").And.Contain("Every entry is unmodified"));
    }

    [TestCase(0, "version 1 of training job pumps-job-1, since 2026-11-22 08:00:00 UTC (entry 1, publish by operator: Publish 1.)")]
    [TestCase(1.5, "version 2 of training job pumps-job-2, since 2026-11-22 09:00:00 UTC (entry 2, publish by operator: Publish 2.)")]
    [TestCase(2, "version 1 of training job pumps-job-1, since 2026-11-22 10:00:00 UTC (entry 3, rollback by operator: Rollback 1.)")]
    public async Task ShowsWhatWasLiveForEachColor(double hours, string live)
    {
        await Show(Start.AddHours(hours));

        Assert.That(_output.ToString(), Does.Contain($"  blue   {live}\n  green  {live}\n").And.Not.Contain("in the future"));
    }

    [Test]
    public async Task ShowsAMoveAtTheSecondThatItShowsForIt()
    {
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await _environment.Channels.MoveAsync(new("pumps", 2, HistoryAction.Rollback, Colors.All, "operator", "Forward."), default);
        await Show(Start.AddHours(3));

        Assert.That(_output.ToString(), Does.Contain("  blue   version 2 of training job pumps-job-2, since 2026-11-22 11:00:00 UTC"));
    }

    [Test]
    public async Task ReportsThatNothingWasLiveBeforeTheFirstEntry()
    {
        await Show(Start.AddSeconds(-1));

        Assert.That(_output.ToString(), Does.StartWith("'pumps': nothing was live at 2026-11-22 07:59:59 UTC; its first entry is from 2026-11-22 08:00:00 UTC."));
    }

    [Test]
    public async Task SaysThatATimeIsStillToCome()
    {
        await Show(Start.AddYears(1));

        Assert.That(_output.ToString(), Does.Contain("version 1").And.Contain("in the future"));
    }

    [Test]
    public async Task ReportsWhatWasLiveAlthoughItsManifestIsMissing()
    {
        await _environment.Store.DeleteAsync(StoreKeys.Version("pumps", 2));
        await Show(Start.AddHours(1));

        Assert.That(_output.ToString(), Does.Contain("version 2 of training job unknown"));
    }

    [Test]
    public async Task ListsWhatIsWrongOneALineAndStillShowsWhatCanBeRead()
    {
        await File.WriteAllTextAsync(Path.Combine(_folders.Folders.Store, StoreKeys.HistoryEntry("pumps", 2)), "{");

        Assert.That(await Show(), Is.False);
        Assert.That(_output.ToString(), Does.Match("publish +- -> 1").And.Contain("  Entry 2 of the history of pumps was modified: it can no longer be read.\n"));
    }

    [Test]
    public async Task ChecksWhatTheHistoryVouchesForWhenAsked()
    {
        Assert.That(await Show(all: true), Is.False);

        foreach (var version in new[] { 1, 2 })
            Assert.That(_output.ToString(), Does.Contain($"\n  The artifact of pumps version {version} is not the registered one."));
    }

    private Task<bool> Show(DateTimeOffset? at = null, bool all = false) =>
        new PlainReport(_output, new Outcome(), _time).ShowHistoryAsync(_environment, "pumps", at, all, default);

    private static ModelManifest Manifest(int version) => RegisteredModel.Manifest with
    {
        Version = version,
        Lineage = RegisteredModel.Manifest.Lineage with { TrainingJob = $"pumps-job-{version}" },
    };
}
