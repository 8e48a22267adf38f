using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace Slipway.Aws.Tests.Fixtures;

[Platform(Exclude = "Win", Reason = "The programs are shell scripts.")]
public sealed partial class AnnouncingProcessTests
{
    private const string InstallHint = "The oven is missing. Get it with: apt-get install oven";

    [Test]
    public async Task SaysWhereItAnswers()
    {
        await using var process = await AnnouncingProcess.StartAsync(Shell("echo one moment; echo Ready: 4711 >&2; exec sleep 600"), Ready(), InstallHint);

        Assert.That(process.Announcement.Groups["port"].Value, Is.EqualTo("4711"));
    }

    [Test]
    public async Task IsAskedToEnd()
    {
        var bye = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = await AnnouncingProcess.StartAsync(
            Shell("trap 'echo bye; exit' TERM; echo Ready: 1; while :; do sleep 0.05; done"), Ready(), InstallHint, hear: line => { if (line == "bye") bye.SetResult(); });

        await process.DisposeAsync();

        Assert.That(bye.Task.IsCompletedSuccessfully);
    }

    [Test]
    public async Task MayNotRefuseToEnd()
    {
        var time = new FakeTimeProvider();
        var process = await AnnouncingProcess.StartAsync(Shell("trap '' TERM; echo Ready: $$; while :; do sleep 0.05; done"), Ready(), InstallHint, time);

        var ending = process.DisposeAsync().AsTask();
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(() => ending, Throws.TypeOf<TimeoutException>().With.Message.StartsWith("/bin/sh did not end"));
        Assert.That(() => Process.GetProcessById(int.Parse(process.Announcement.Groups["port"].Value, CultureInfo.InvariantCulture)), Throws.ArgumentException);
    }

    [Test]
    public void IsMissingWhereThereIsNoSuchProgram() => Assert.That(
        () => AnnouncingProcess.StartAsync(new("slipway-no-such-program"), Ready(), InstallHint),
        Throws.TypeOf<IgnoreException>().With.Message.StartsWith(InstallHint));

    [Test]
    public void IsMissingWhereItEndsAtItsStart() => Assert.That(
        () => AnnouncingProcess.StartAsync(Shell("echo the gas is off >&2; exit 7"), Ready(), InstallHint),
        Throws.TypeOf<IgnoreException>().With.Message.StartsWith(InstallHint).And.Message.Contains("ended with exit code 7").And.Message.Contains("the gas is off"));

    [Test]
    public async Task IsMissingWhereItLivesAndNeverSaysThatItIsReady()
    {
        var time = new FakeTimeProvider();
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var starting = AnnouncingProcess.StartAsync(Shell("trap '' TERM; echo heating $$; while :; do sleep 0.05; done"), Ready(), InstallHint, time, line => heard.TrySetResult(line));
        var words = await heard.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(() => starting, Throws.TypeOf<IgnoreException>().With.Message.StartsWith(InstallHint).And.Message.Contains("was not ready within 60 s").And.Message.Contains(words));
        Assert.That(() => Process.GetProcessById(int.Parse(words.Split(' ')[1], CultureInfo.InvariantCulture)), Throws.ArgumentException);
    }

    private static ProcessStartInfo Shell(string script) => new("/bin/sh", ["-c", script]);

    [GeneratedRegex(@"^Ready: (?<port>\d+)$")]
    private static partial Regex Ready();
}
