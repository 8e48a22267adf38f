namespace Slipway.Build.Tests;

[Platform(Exclude = "Win", Reason = "build.sh needs bash")]
public sealed class BuildScriptTests
{
    private ScriptFixture _script = null!;

    [SetUp]
    public void CreateScript() => _script = new ScriptFixture();

    [TearDown]
    public void RemoveScript() => _script.Dispose();

    [Test]
    public void HandsArgumentsAndExitCodeThrough()
    {
        _script.Host = """for a in "${@:2}"; do echo "<$a>"; done; exit 3""";

        var result = _script.Run("--target=Rollback", "--reason=too many false alarms", "");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Output, Is.EqualTo("<--target=Rollback>\n<--reason=too many false alarms>\n<>\n"));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public void AsksTheFeedOnceAndBuildsTheBuildEachTime()
    {
        _script.Run();
        _script.Run();

        Assert.That(_script.Calls.Select(call => string.Join(' ', call.Split(' ').Take(2))), Is.EqualTo(new[]
        {
            "build build/StandIns/Probe.proj",
            "build build/Build.csproj",
            "build/bin/Debug/net10.0/Slipway.Build.dll",
            "build build/Build.csproj",
            "build/bin/Debug/net10.0/Slipway.Build.dll",
        }));
    }

    [Test]
    public void BuildsTheBuildOnceForACommit()
    {
        _script.Commit();

        _script.Run();
        _script.Run();
        Assert.That(_script.Builds, Is.EqualTo(1));

        _script.Commit();
        _script.Run();
        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [Test]
    public void BuildsEachTimeWhileSomethingIsNotCommitted()
    {
        _script.Commit();
        _script.Run();
        File.WriteAllText(Path.Combine(_script.Root, "New.cs"), "// nobody knows it yet");

        _script.Run();
        _script.Run();
        Assert.That(_script.Builds, Is.EqualTo(3));

        File.Delete(Path.Combine(_script.Root, "New.cs"));
        _script.Run();
        Assert.That(_script.Builds, Is.EqualTo(4), "what is there was built from something else");
    }

    [Test]
    public void BuildsAgainWithOtherPackages()
    {
        _script.Commit();
        _script.Run();
        _script.Environment["StandIns"] = "none";

        _script.Run();
        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [Test]
    public void BuildsAgainAfterABuildThatFailed()
    {
        _script.Commit();
        var good = _script.Build;
        _script.Build = "exit 1";
        _script.Run();
        _script.Build = good;

        Assert.That(_script.Run().ExitCode, Is.Zero);
        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [TestCase("Directory.Packages.props")]
    [TestCase("build/StandIns/StandIns.props")]
    public void AsksAgainWhenTheVersionsOrTheListChange(string file)
    {
        _script.Run();
        File.AppendAllText(Path.Combine(_script.Root, file), "<!-- changed -->");
        _script.Run();

        Assert.That(_script.Calls.Count(call => call.Contains("Probe.proj", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase("none", 1)]
    [TestCase("all", 0)]
    public void AsksUnlessAllPackagesAreStandIns(string standIns, int times)
    {
        _script.Environment["StandIns"] = standIns;
        _script.Run();

        Assert.That(_script.Calls.Count(call => call.Contains("Probe.proj", StringComparison.Ordinal)), Is.EqualTo(times));
    }

    [Test]
    public void StopsWhenTheFeedGivesNoAnswer()
    {
        _script.Probe = "echo 'error NU1301: the request timed out'; exit 1";

        var result = _script.Run();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("NU1301: the request timed out").And.Contain("Asking the feed for the official packages failed"));
        Assert.That(_script.Calls, Has.None.Contains("Build.csproj"));
    }

    [Test]
    public void ShowsWhyTheBuildDoesNotCompileAndRunsNothing()
    {
        _script.Build = "echo 'Program.cs(1,1): error CS1002: ; expected'; exit 1";

        var result = _script.Run("--target=Test");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("error CS1002"));
        Assert.That(_script.Calls, Has.None.Contains("Slipway.Build.dll"));
    }

    [Test]
    public void SaysNothingOfAGoodBuild()
    {
        _script.Build = "echo 'a warning that nobody needs'";

        var result = _script.Run();

        Assert.That(result.Output + result.Error, Is.Empty);
    }

    [Test]
    public void SaysWhichSdkIsMissing()
    {
        _script.RemoveDotnet();

        var result = _script.Run();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("The .NET SDK is missing: install 10.0.100"));
    }

    [Test]
    public void SaysWhichSdkIsTooOld()
    {
        _script.Probe = "exit 155";
        _script.Version = "exit 155";

        var result = _script.Run();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Is.EqualTo(
            "The .NET SDK does not fit: global.json asks for 10.0.100 or a later 10.0 one.\nInstalled: 8.0.100\n"));
    }

    [Test]
    public void HoldsTheLockWhileItBuildsAndNotWhileItRuns()
    {
        const string Try = """if flock -n "$FAKE_ROOT/obj/build.lock" bash -c :; then echo free >> "$FAKE_LOG"; else echo held >> "$FAKE_LOG"; fi""";
        _script.Probe = _script.Build = _script.Host = Try;

        _script.Run();

        Assert.That(_script.Calls.Where(call => call is "free" or "held"), Is.EqualTo(new[] { "held", "held", "free" }));
    }

    [Test]
    public void LeavesNoLockToAServerThatOutlivesTheBuild()
    {
        _script.Build = "[ -e /proc/$$/fd/9 ] && echo inherited >> \"$FAKE_LOG\" || echo clean >> \"$FAKE_LOG\"";

        _script.Run();

        Assert.That(_script.Calls, Does.Contain("clean").And.Not.Contain("inherited"));
    }
}
