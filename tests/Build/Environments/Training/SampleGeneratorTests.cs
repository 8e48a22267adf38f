using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Training;

public sealed class SampleGeneratorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private LocalFolderFixture _fixture = null!;
    private string _started = null!;

    [SetUp]
    public void SetUp()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The stand-ins of generators are shell scripts.");
        _fixture = new();
        _started = Path.Combine(_fixture.Root, "started");
    }

    [TearDown]
    public void TearDown() => _fixture?.Dispose();

    [Test]
    public void EndsWithTheGenerator() => Assert.That(() => RunAsync("echo done", default), Throws.Nothing);

    [Test]
    public void ReportsTheOutputOfAFailedGenerator() => Assert.That(
        () => RunAsync("echo 'no such planet' >&2; exit 1", default),
        Throws.TypeOf<SlipwayException>().With.Message.EqualTo("The generator 'mars' failed: no such planet"));

    [Test]
    public async Task EndsAGeneratorThatTakesTooLong()
    {
        var run = RunAsync(Hangs, default);
        var process = await StartedAsync();
        _time.Advance(Timeout);

        Assert.That(() => run, Throws.TypeOf<SlipwayException>().With.Message.StartsWith("The generator 'mars' took longer than 00:05:00 and was killed."));
        Assert.That(IsRunning(process), Is.False);
    }

    [Test]
    public async Task EndsAGeneratorThatSomebodyStops()
    {
        using var stop = new CancellationTokenSource();
        var run = RunAsync(Hangs, stop.Token);
        var process = await StartedAsync();
        await stop.CancelAsync();

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(IsRunning(process), Is.False);
    }

    [Test]
    public async Task LetsAGeneratorRunThatHasTimeLeft()
    {
        using var stop = new CancellationTokenSource();
        var run = RunAsync(Hangs, stop.Token);
        var process = await StartedAsync();
        _time.Advance(Timeout - TimeSpan.FromSeconds(1));

        Assert.That((run.IsCompleted, IsRunning(process)), Is.EqualTo((false, true)));
        await stop.CancelAsync();
        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
    }

    // it outlives this test by no more than an hour, should the code under test let it
    private string Hangs => $"echo $$ > '{_started}.part'; mv '{_started}.part' '{_started}'; exec sleep 3600";

    private Task RunAsync(string script, CancellationToken cancellation) =>
        new SampleGenerator(Timeout, _time).RunAsync("mars", ["/bin/sh", "-c", script], cancellation);

    private async Task<int> StartedAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!File.Exists(_started))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(60)), "the generator starts");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return int.Parse(await File.ReadAllTextAsync(_started), CultureInfo.InvariantCulture);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
