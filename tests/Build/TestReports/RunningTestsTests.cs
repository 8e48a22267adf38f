using Microsoft.Extensions.Time.Testing;
using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.TestReports;

public sealed class RunningTestsTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly List<int> _ended = [];
    private string _last = "";
    private DirectoryInfo _folder = null!;

    private string FilePath => Path.Combine(_folder.FullName, "running.txt");

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-running-");
        _ended.Clear();
    }

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_folder);

    [Test]
    public void NamesTheTestsThatDidNotEnd()
    {
        var tests = new RunningTests(FilePath);
        Assert.That(tests.Read(), Is.False, "nothing has started");
        Append("4711\r\n+A.Splits(\"-x\")\r\n+A.Wai");
        Assert.That(tests.Read());
        Assert.That((tests.Host, tests.Unfinished), Is.EqualTo(((int?)4711, new[] { "A.Splits(\"-x\")" })));
        Append("ts\n4712\n-A.Splits(\"-x\")\n");
        Assert.That(tests.Read());
        Assert.That((tests.Host, tests.Unfinished), Is.EqualTo(((int?)4711, new[] { "A.Waits" })), "only the first line is the process");
        Assert.That(tests.Read(), Is.False);
    }

    [Test]
    public void EndsTestsThatAreSilentForTooLongOnce()
    {
        using var watch = Watch();
        Append("4711\n+A.Waits\n");
        Pass(Timeout);
        Assert.That(_ended, Is.Empty, "the file has changed since then");
        Append("-A.Waits\n+A.Hangs\n");
        Pass(Timeout);
        Assert.That(_ended, Is.Empty);
        Pass(Timeout);
        Assert.That(_ended, Is.EqualTo(new[] { 4711 }));
        Assert.That(_last, Is.EqualTo("A.Hangs"));
        Assert.That(watch.Close(), Is.EqualTo(new[] { "A.Hangs" }));
        Assert.That(new CompletedRun(1, null, watch.Close(), [], watch.Reason).WhyItBroke(), Does.Contain("no test started or ended for 5 minutes").And.Contain("A.Hangs"));
    }

    [Test]
    public void EndsNothingThatHasNotStartedOrEndsInTime()
    {
        using var watch = Watch();
        Pass(2 * Timeout);
        Append("4711\n");
        for (var test = 0; test < 3; test++)
        {
            Append($"+A.Takes({test})\n");
            Pass(Timeout - TimeSpan.FromSeconds(2));
            Append($"-A.Takes({test})\n");
        }

        Assert.That(_ended, Is.Empty);
        Assert.That((watch.Reason, watch.Close().Count), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public void TheTestsOfThisRunAreWrittenDown()
    {
        if (Environment.GetEnvironmentVariable("SLIPWAY_RUNNING_TESTS") is not { Length: > 0 } file)
            Assert.Pass("these tests were not started by the build");
        else
        {
            var tests = new RunningTests(file);
            tests.Read();
            Assert.That(tests.Host, Is.EqualTo(Environment.ProcessId));
            Assert.That(tests.Unfinished, Does.Contain(TestContext.CurrentContext.Test.FullName));
        }
    }

    private HangWatch Watch() => new(new(FilePath), Timeout, test => _last = test, _ended.Add, _time);

    private void Pass(TimeSpan time)
    {
        // as the clock does: a second at a time
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
            _time.Advance(TimeSpan.FromSeconds(1));
    }

    private void Append(string text) => File.AppendAllText(FilePath, text);
}
