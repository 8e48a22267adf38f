using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli;
using Slipway.Registry;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>The program is a shell script here.</summary>
public sealed class MeasuringProgramTests
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _warnings = [];
    private string _folder = null!;

    [SetUp]
    public void SetUp()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The programs are shell scripts.");
        _warnings.Clear();
        _folder = Directory.CreateTempSubdirectory().FullName;
    }

    [TearDown]
    public void DeleteFolder()
    {
        if (_folder is not null)
            TestFolder.Remove(_folder);
    }

    [Test]
    public void EndsWithTheProgram() => Assert.That(() => RunAsync("exit 0", default), Throws.Nothing);

    [Test]
    public void FailsForTheReasonThatTheProgramPrints() => Assert.That(
        () => RunAsync("echo 'floor failed 1 of 20 requests.' >&2; echo 'See above.' >&2; exit 1", default),
        Throws.TypeOf<SlipwayException>().With.Message.EqualTo("floor failed 1 of 20 requests.\nSee above."));

    [Test]
    public void PassesANegativeResultOnAsOne() => Assert.That(
        () => RunAsync("echo '1 of 9 rows break their bounds.' >&2; exit 3", default),
        Throws.InstanceOf<RefusedException>().With.Message.EqualTo("1 of 9 rows break their bounds."));

    [Test]
    public void NamesTheExitCodeOfAProgramThatPrintsNoReason() => Assert.That(
        () => RunAsync("exit 134", default),
        Throws.TypeOf<SlipwayException>().With.Message.EqualTo("The benchmark program ended with exit code 134 and printed no reason."));

    [Test]
    public async Task FailsForTheReasonAlsoIfWhatTheProgramStartedKeepsItsErrorOutput()
    {
        // a child holds the pipe; the blanks do not fit into it, so the program goes on only once its reason was read
        var run = RunAsync($"(while [ ! -e '{In("release")}' ]; do sleep 0.05; done) & printf 'No graph.%200000s' '' >&2; exit 1", default);
        try
        {
            await UntilAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    return run.IsCompleted;
                },
                "the program's end is noticed");
            Assert.That(() => run, Throws.TypeOf<SlipwayException>().With.Message.EqualTo("No graph."));
        }
        finally
        {
            await File.WriteAllTextAsync(In("release"), "");
        }
    }

    [Test]
    public async Task EndsTheInputOfAProgramThatIsToStopAndLetsItCleanUp()
    {
        using var stop = new CancellationTokenSource();
        var run = RunAsync($"{Started}; cat; echo > '{In("cleaned")}'; exit 1", stop.Token);
        await StartedAsync();
        await stop.CancelAsync();

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(In("cleaned")), Is.True);
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public async Task KillsAProgramThatDoesNotStopInTime()
    {
        using var stop = new CancellationTokenSource();
        var run = RunAsync($"cat; {Started}; exec sleep 3600", stop.Token);
        await stop.CancelAsync();
        // the limit holds from the moment that its input ends
        var process = await StartedAsync();
        _time.Advance(StopTimeout - TimeSpan.FromSeconds(1));
        Assert.That((run.IsCompleted, IsRunning(process)), Is.EqualTo((false, true)));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(IsRunning(process), Is.False);
        Assert.That(_warnings, Is.EqualTo(new[] { "The benchmark did not stop within 1 min 0 s and was killed. The next one stops whatever this one left running." }));
    }

    [Test]
    public void StartsNothingOnceItIsToStop()
    {
        Assert.That(() => RunAsync($"echo > '{In("ran")}'", new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(In("ran")), Is.False);
    }

    private string Started => $"echo $$ > '{In("part")}'; mv '{In("part")}' '{In("started")}'";

    private string In(string name) => Path.Combine(_folder, name);

    private Task RunAsync(string script, CancellationToken cancellation) =>
        new MeasuringProgram("benchmark", StopTimeout, _warnings.Add, _time).RunAsync(["/bin/sh", "-c", script], cancellation);

    private async Task<int> StartedAsync()
    {
        await UntilAsync(() => File.Exists(In("started")), "the program starts");
        return int.Parse(await File.ReadAllTextAsync(In("started")), CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(since), Is.LessThan(TimeSpan.FromMinutes(1)), what);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
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
