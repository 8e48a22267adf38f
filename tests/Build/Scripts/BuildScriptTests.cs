using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Slipway.Build.Tests.Scripts;

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
    public void AsksTheFeedOnceAndBuildsTheBuildOnce()
    {
        _script.Run();
        _script.Run();

        Assert.That(_script.Calls.Select(call => string.Join(' ', call.Split(' ').Take(2))), Is.EqualTo(new[]
        {
            "build build/StandIns/Probe.proj",
            "build build/Build.csproj",
            "build/bin/Debug/net10.0/Slipway.Build.dll",
            "build/bin/Debug/net10.0/Slipway.Build.dll",
        }));
    }

    [TestCase("notes.txt"), TestCase("build/notes.txt"), TestCase("training/models/mine/model.json"), TestCase("tests/Build/MyTests.cs"), TestCase("build/obj/Made.cs")]
    public void RunsTheBuildOutputWhateverElseIsInTheTree(string file)
    {
        _script.Run();
        _script.Write(file, "// not known yet");

        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(1));
    }

    [TestCase("build/Program.cs"), TestCase("build/Tasks/New.cs"), TestCase("build/StandIns/Some/Some.cs"), TestCase("training/Registry/New.cs"), TestCase("training/PredictionLogs/New.cs"), TestCase("training/Answers/New.cs"), TestCase("training/Automation/New.cs"), TestCase("training/Reporting/Html/report.css"),
     TestCase("build/Build.csproj"), TestCase("Directory.Build.props"), TestCase("Directory.Build.targets"), TestCase("Directory.Packages.props"), TestCase("BannedSymbols.txt"), TestCase(".editorconfig"), TestCase("global.json")]
    public void BuildsAgainWhenSomethingChangedThatItIsMadeOf(string file)
    {
        _script.Run();
        _script.Write(file, "// changed");
        // like a tool that restores an older file with its time
        File.SetLastWriteTimeUtc(Path.Combine(_script.Root, file), DateTime.UnixEpoch);

        _script.Run();
        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [TestCase("build.sh", @"'\*(\.\w+)'"), TestCase("build.ps1", @"'(\.\w+)'")]
    public void KnowsEveryProjectAndKindOfFileThatTheBuildIsMadeOf(string script, string kind)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, script));
        var kinds = lines.Where(line => line.Contains(".csproj'", StringComparison.Ordinal)).SelectMany(line => Regex.Matches(line, kind)).Select(match => match.Groups[1].Value).ToList();
        var folders = Regex.Matches(lines.Single(line => line.Contains("training/Automation", StringComparison.Ordinal)), @"\bbuild\b|\btraining/\w+").Select(match => match.Value).ToList();
        var single = Regex.Matches(lines.Single(line => line.Contains("BannedSymbols.txt", StringComparison.Ordinal)), @"[\w.]+").Select(match => match.Value).ToList();

        var projects = ProjectsBelow(Path.Combine(Repository.Root, "build", "Build.csproj")).Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "build", "StandIns"), "*.csproj", SearchOption.AllDirectories));
        var made = projects.Concat(new[] { "Directory.Build.props", "Directory.Build.targets" }.Select(file => Path.Combine(Repository.Root, file))).SelectMany(ImportsBelow).Distinct().ToList();
        Assert.That(made.Select(Path.GetFileName), Is.SupersetOf(new[] { "Automation.csproj", "AWSSDK.ECS.csproj", "AwsJson.props", "CakeEngine.props", "Directory.Build.targets" }));
        var watched = (string file) => folders.Any(folder => file.StartsWith($"{folder}/", StringComparison.Ordinal)) ? kinds.Contains(Path.GetExtension(file)) : single.Contains(file);
        Assert.That(made.Concat(made.SelectMany(FilesNamedIn)).Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !watched(file)), Is.Empty);
    }

    [Test]
    public void BuildsAgainWhenASourceIsGone()
    {
        _script.Write("build/Old.cs", "// old");
        _script.Run();
        File.Delete(Path.Combine(_script.Root, "build", "Old.cs"));

        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [Test]
    public void KeepsNoRecordOfABuildWhoseSourcesChangedMeanwhile()
    {
        _script.Build += """; echo '// typed while it was built' >> "$FAKE_ROOT/build/Program.cs" """;

        _script.Run();
        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [Test]
    public void LeavesNoCompilerRunning()
    {
        var server = Path.Combine(_script.Temporary, "server");
        _script.Environment["FAKE_SERVER"] = server;
        _script.Version = "echo 8.0.100";
        _script.Build += """; last="${@: -1}"; : > "$FAKE_SERVER"; : > "/tmp/${last#*=}"; [[ "$*" == *-nodeReuse:false* ]]""";

        Assert.That(_script.Run().ExitCode, Is.Zero);
        Assert.That(server, Does.Not.Exist);
        Assert.That(_script.Calls, Has.Some.Matches(@"^/usr/share/dotnet/sdk/8\.0\.100/Roslyn/bincore/VBCSCompiler\.dll -pipename:slipway-\d+ -shutdown$"));
    }

    [Test]
    public void EndsTheCompilerOfABuildThatFailed()
    {
        _script.Version = "echo 8.0.100";
        _script.Build = """last="${@: -1}"; : > "/tmp/${last#*=}"; exit 1""";

        Assert.That(_script.Run().ExitCode, Is.EqualTo(1));
        Assert.That(_script.Calls, Has.Some.EndsWith("-shutdown"));
    }

    [TestCase("a;b"), TestCase("100%20"), TestCase("x%aFy"), TestCase("all*"), TestCase("why?"), TestCase("@(x)"), TestCase("a|b"), TestCase("a\"b"), TestCase("a:b"), TestCase("a\\b")]
    public void SaysWhereMSBuildCannotWork(string folder)
    {
        using var script = new ScriptFixture(folder);

        var result = script.Run("--target=Status");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain(script.Root).And.Contain("MSBuild cannot build").And.Contain("Move the checkout"));
        Assert.That(script.Calls, Is.Empty);
    }

    [TestCase("o'brien's (é)"), TestCase("50% [x] {y} & co, #2"), TestCase("日本 $(x) @y 100%")]
    public void WorksBelowAFolderWithAnyOtherName(string folder)
    {
        using var script = new ScriptFixture(folder);
        script.Run("--target=Status");

        Assert.That(script.Run("--target=Status").ExitCode, Is.Zero);
        Assert.That(script.Builds, Is.EqualTo(1));
        Assert.That(script.Calls, Has.Exactly(2).Contains("Slipway.Build.dll --target=Status"));
    }

    [Test]
    public void GivesAUserWhoseHomeIsNotThereOneInTheCheckout()
    {
        _script.Environment["HOME"] = "/nonexistent";
        _script.Build += """; echo "home $HOME" >> "$FAKE_LOG" """;

        _script.Run();

        Assert.That(_script.Calls, Has.Some.EqualTo("home obj/home"));
    }

    [Test]
    public void LeavesAHomeThatIsThere()
    {
        _script.Environment["HOME"] = _script.Temporary;
        _script.Build += """; echo "home $HOME" >> "$FAKE_LOG" """;

        _script.Run();

        Assert.That(_script.Calls, Has.Some.EqualTo($"home {_script.Temporary}"));
    }

    [Test]
    public void FindsAHomeWithoutTheVariable()
    {
        _script.Build += """; if [ -d "$HOME" ] && [ -w "$HOME" ]; then echo 'a home' >> "$FAKE_LOG"; fi""";

        _script.Run();

        Assert.That(_script.Calls, Has.Some.EqualTo("a home"));
    }

    [Test]
    public void PassesTheCompileTimeToTheBuild()
    {
        _script.Host = "echo \"compiled in <$SLIPWAY_COMPILED_IN>\"";

        Assert.That(_script.Run().Output, Does.Match(@"compiled in <\d+>"));
        Assert.That(_script.Run().Output, Does.Contain("compiled in <>"), "it was not compiled again");
    }

    [Test]
    public void BuildsAgainWithOtherPackages()
    {
        _script.Run();
        _script.Environment["StandIns"] = "none";

        _script.Run();
        _script.Run();

        Assert.That(_script.Builds, Is.EqualTo(2));
    }

    [Test]
    public void BuildsAgainAfterABuildThatFailed()
    {
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
        Assert.That(result.Error, Does.Contain("NU1301: the request timed out").And.Contain("Querying the package feed for the official packages failed"));
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
            "No suitable .NET SDK is installed: global.json requires 10.0.100 or a later 10.0 version.\nInstalled: 8.0.100\n"));
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

    private static IEnumerable<string> ProjectsBelow(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
        .SelectMany(ProjectsBelow).Prepend(project);

    // the feed is queried separately, and its result is already in the key of the build
    private static IEnumerable<string> ImportsBelow(string project) => XDocument.Load(project).Descendants("Import")
        .Where(import => import.Attribute("Sdk") is null && !import.Attribute("Project")!.Value.EndsWith("obj/standins.props", StringComparison.Ordinal))
        .Select(import => Below(project, import.Attribute("Project")!.Value))
        .SelectMany(ImportsBelow).Prepend(project);

    private static IEnumerable<string> FilesNamedIn(string project) => XDocument.Load(project).Descendants()
        .Where(item => item.Name.LocalName is "Compile" or "EmbeddedResource" or "Content" or "None" or "AdditionalFiles")
        .Select(item => item.Attribute("Include")?.Value).OfType<string>().Select(file => Below(project, file));

    private static string Below(string project, string file) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, file.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)));
}
