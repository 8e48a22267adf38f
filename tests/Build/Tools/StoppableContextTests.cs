using Cake.Core.IO;
using Slipway.Build.Tools;

namespace Slipway.Build.Tests.Tools;

public sealed class StoppableContextTests
{
    [Test]
    public async Task EndsAProcessThatIsToStop()
    {
        using var stop = new CancellationTokenSource();
        using var process = new StoppableContext(new StartingCakeContext(), stop.Token).ProcessRunner.Start("tail", new ProcessSettings { Arguments = "-f /dev/null" });
        var ended = Task.Run(process.WaitForExit);
        await stop.CancelAsync();

        await ended.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(process.GetExitCode(), Is.Not.Zero);
    }

    [Test]
    public void StartsNothingMore()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var cake = new RecordingCakeContext();

        Assert.That(() => new StoppableContext(cake, stop.Token).ProcessRunner.Start("git", new ProcessSettings()), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(cake.CommandLines, Is.Empty);
    }

    [Test]
    public void LeavesAProcessAloneThatHasEnded()
    {
        using var stop = new CancellationTokenSource();
        using (var process = new StoppableContext(new StartingCakeContext(), stop.Token).ProcessRunner.Start("git", new ProcessSettings { Arguments = "--version", RedirectStandardOutput = true }))
        {
            process.WaitForExit();
            Assert.That(stop.Cancel, Throws.Nothing);
            Assert.That(process.GetExitCode(), Is.Zero);
        }
    }
}
