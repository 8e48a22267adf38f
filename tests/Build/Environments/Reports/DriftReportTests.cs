using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class DriftReportTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    private static readonly DriftVerdict Verdict = new(
        "pumps", 3, At, TimeSpan.FromHours(1), At.AddHours(1), DriftState.Drifted, 2000, ["blue-1"], 1e-4, 2.5, 1, [], null, [], "'torque' (2.5 times its bound) has drifted from the training data.", "main", At.AddHours(-2));

    [Test]
    public void SaysSinceWhenAndWhatDrifted() => Assert.That(
        DriftReport.Describe(Verdict, At.AddHours(2)), Is.EqualTo(
            "version 3, drifted: 2000 rows until 2026-11-30 11:00:00Z, largest distance 2.50 of its bound; alarm since 2026-11-30 08:00:00Z. 'torque' (2.5 times its bound) has drifted from the training data."));

    [Test]
    public void SaysThatNothingIsKnownSince() => Assert.That(
        DriftReport.Describe(Verdict with { State = DriftState.NoBaseline, AlarmSince = null }, At.AddHours(5)), Does.StartWith("version 3, no baseline: 2000 rows until 2026-11-30 11:00:00Z, and no window since, "));

    [Test]
    public async Task StatusShowsEachModelAndWhatToDo()
    {
        using var folders = new LocalFolderFixture();
        using var output = new StringWriter { NewLine = "\n" };
        var store = new DirectoryObjectStore(folders.Folders.Store);
        await WriteAsync(store, Verdict);
        await WriteAsync(store, Verdict with { Model = "fans", State = DriftState.Stable, AlarmSince = null, Sentence = "Fine." });
        using var unreadable = new MemoryStream("{"u8.ToArray());
        await store.PutAsync(StoreKeys.LatestDrift("valves"), unreadable, PutCondition.None);

        await new PlainReport(output, new Outcome(), TimeProvider.System).ShowDriftAsync(store, TimeProvider.System, " --environment=test", default);

        Assert.That(output.ToString(), Does.Contain("version 3, drifted: 2000 rows").And.Contain("version 3, stable: 2000 rows").And.Contain("--target=Train --model=pumps --dataset=<file> --environment=test"));
        Assert.That(output.ToString(), Does.Not.Contain("--model=fans").And.Not.Contain("valves"));
    }

    private static Task WriteAsync(DirectoryObjectStore store, DriftVerdict verdict) =>
        store.WriteAsync(StoreKeys.LatestDrift(verdict.Model), verdict, RegistryJson.Default.DriftVerdict, PutCondition.None);
}
