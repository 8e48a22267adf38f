using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class ServiceLogTests
{
    [Test]
    public void TailIsOfTheProcessThatBeganLast()
    {
        using var fixture = new LocalFolderFixture();
        var log = Path.Combine(fixture.Folders.Logs, "blue.log");
        ServiceLog.Begin(log, "first.dll");
        File.AppendAllText(log, "of the first\n");
        ServiceLog.Begin(log, "second.dll");
        File.AppendAllText(log, "of the second\n");

        Assert.That(ServiceLog.Tail(log), Is.EqualTo("  --- second.dll\n  of the second"));
    }

    [Test]
    public void TailIsShort()
    {
        using var fixture = new LocalFolderFixture();
        var log = Path.Combine(fixture.Folders.Logs, "blue.log");
        File.WriteAllLines(log, Enumerable.Range(1, 1000).Select(i => $"line {i}"));

        Assert.That(ServiceLog.Tail(log).Split('\n'), Has.Length.EqualTo(12).And.Some.EqualTo("  line 1000"));
    }

    [Test]
    public void MissingLogIsEmpty() => Assert.That(ServiceLog.Tail("/no/such.log"), Is.EqualTo("  (empty)"));
}
