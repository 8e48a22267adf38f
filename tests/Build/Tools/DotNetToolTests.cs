using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Tools;

public sealed class DotNetToolTests
{
    private RecordingCakeContext _cake = new();

    [SetUp]
    public void StartFresh() => _cake = new RecordingCakeContext();

    [Test]
    public void BuildsInReleaseAndQuietly()
    {
        new DotNetTool(_cake).Build("/repo/Slipway.slnx");

        Assert.That(_cake.CommandLines.Single(), Does.StartWith("dotnet build \"/repo/Slipway.slnx\" --configuration Release --nologo --verbosity minimal -clp:NoSummary "));
    }

    [Test]
    public void AnalyzesOnlyWhatIsNotAboutToRun()
    {
        var dotnet = new DotNetTool(_cake);
        dotnet.Build("/repo/Slipway.slnx");
        dotnet.BuildToRun("/repo/Slipway.Release.slnf");
        dotnet.Publish("/repo/training/Lambda/Lambda.csproj");
        dotnet.PublishForImages("/repo/Publish.proj", "/out", ImagePlatform.X64);

        Assert.That(_cake.CommandLines.Select(line => line.Contains(" -p:RunAnalyzers=false ", StringComparison.Ordinal)), Is.EqualTo(new[] { false, true, true, true }));
    }

    [Test]
    public void CompilesWithAServerOfEachBuildsOwn()
    {
        var dotnet = new DotNetTool(_cake);
        dotnet.Build("/repo/Slipway.slnx");
        dotnet.Publish("/repo/training/Lambda/Lambda.csproj");
        dotnet.PublishForImages("/repo/Publish.proj", "/out", ImagePlatform.X64);

        var servers = _cake.CommandLines.Select(line => Regex.Match(line, @" -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId=(slipway-\d+-\d+)$").Groups[1].Value).ToList();
        Assert.That(servers, Has.None.Empty.And.Unique);
    }

    [Test]
    public void PublishesTheProgramsOfAllImagesByOneCommand()
    {
        new DotNetTool(_cake).PublishForImages("/repo/Publish.proj", "/the output", ImagePlatform.Arm64);

        Assert.That(_cake.CommandLines.Single(), Does.StartWith(
            "dotnet publish \"/repo/Publish.proj\" --runtime linux-arm64 --configuration Release --nologo --no-self-contained --verbosity minimal \"-p:PublishRoot=/the output\" "));
    }

    [Test]
    public void BuildsAProjectOfAnotherCheckoutByItsOwnMeans()
    {
        new DotNetTool(_cake).BuildApart("/tmp/tree", "training/Trainer", "/tmp/out", _ => { }, CancellationToken.None);

        Assert.That(_cake.CommandLines.Single(), Does.StartWith(
            "dotnet build \"/tmp/tree/training/Trainer\" --output \"/tmp/out\" --configuration Release --nologo --verbosity minimal"
            + " -clp:NoSummary -m:1 -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false -p:NuGetAudit=false -nodeReuse:false -p:UseSharedCompilation=true "));
        // global.json is looked for from there on
        Assert.That(_cake.WorkingDirectories, Is.EqualTo(new[] { "/tmp/tree" }));
    }

    [Test]
    public void TestsWhatIsBuiltAndIsToldWhichTestsRun()
    {
        new DotNetTool(_cake).Test(new TestCommand("/repo/Slipway.Build.Tests.dll", "/repo/TestResults/Build", "results.trx", "/r/running.txt", null));

        Assert.That(_cake.CommandLines, Is.EqualTo(new[]
        {
            "dotnet test \"/repo/Slipway.Build.Tests.dll\" --logger \"trx;LogFileName=results.trx\""
            + " --nologo --results-directory \"/repo/TestResults/Build\"",
        }));
        Assert.That(_cake.EnvironmentVariables.Single()["SLIPWAY_RUNNING_TESTS"], Is.EqualTo("/r/running.txt"));
    }

    [Test]
    public void RunsCompilersAndTestsWithSettingsForShortRuns()
    {
        var dotnet = new DotNetTool(_cake);
        dotnet.Build("/repo/Slipway.slnx");
        dotnet.PublishForImages("/repo/Publish.proj", "/out", ImagePlatform.X64);
        dotnet.Test(new TestCommand("/a.dll", "/r", "results.trx", "/r/running.txt", null));

        foreach (var (name, value) in new[]
        {
            ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "400"), ("DOTNET_GCgen0size", "4000000"), ("DOTNET_gcConcurrent", "0"),
            ("DOTNET_EnableWriteXorExecute", "0"), ("OMP_WAIT_POLICY", "passive"),
        })
            Assert.That(_cake.EnvironmentVariables.Select(variables => variables.TryGetValue(name, out var set) ? set : null), Is.EqualTo(Enumerable.Repeat(value, 3)), name);
    }

    [Test]
    public void GivesTheNativeCompilerMoreMemoryBetweenCollections()
    {
        new DotNetTool(_cake).Publish("/repo/training/Lambda/Lambda.csproj");

        Assert.That(_cake.EnvironmentVariables.Single(), Is.SupersetOf(new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "10000000", ["DOTNET_TieredPGO"] = "0" }));
    }

    [TestCase(null), TestCase("/dev/shm/tests")]
    public void TestsKeepTemporaryFilesWhereTheyAreTold(string? folder)
    {
        new DotNetTool(_cake).Test(new TestCommand("/a.dll", "/r", "results.trx", "/r/running.txt", null, folder));

        Assert.That(_cake.EnvironmentVariables.Single().TryGetValue("TMPDIR", out var set) ? set : null, Is.EqualTo(folder));
    }

    [Test]
    public void HandsAFilterOnQuoted()
    {
        new DotNetTool(_cake).Test(new TestCommand("/a.dll", "/r", "results.trx", "/r/running.txt", "Name~Swap&Name!~Slow"));

        Assert.That(_cake.CommandLines.Single(), Does.Contain("--filter \"Name~Swap&Name!~Slow\""));
    }

    [Test]
    public void TakesFailedTestsForAResult()
    {
        _cake.Answer(1, "Failed!");

        var output = new DotNetTool(_cake).Test(new TestCommand("/a.dll", "/r", "results.trx", "/r/running.txt", null));

        Assert.That(output.ExitCode, Is.EqualTo(1));
        Assert.That(output.Lines, Is.EqualTo(new[] { "Failed!" }));
    }

    [Test]
    public void VerifiesTheFormatWithoutChangingIt()
    {
        Assert.That(new DotNetTool(_cake).FormatProblems("/repo/Slipway.slnx", new QuietStep()), Is.Empty);

        Assert.That(_cake.CommandLines.Single(), Does.StartWith("dotnet format").And.Not.Contain("--no-restore").And.Contain("--verify-no-changes"));
    }

    [Test]
    public void SaysWhichFileIsNotFormatted()
    {
        _cake.Answer(2, "/repo/build/Program.cs(10,57): error WHITESPACE: Fix whitespace formatting. [/repo/build/Build.csproj]", "Some words.");
        var step = new QuietStep();

        Assert.That(
            new DotNetTool(_cake).FormatProblems("/repo/Slipway.slnx", step),
            Is.EqualTo(new[] { new Annotation(AnnotationLevel.Error, "WHITESPACE: Fix whitespace formatting.", "Format", "build/Program.cs", 10, 57) }));
        Assert.That(step.HasFailed, Is.True);
    }

    [Test]
    public void AFormatThatCouldNotBeCheckedIsAFailure()
    {
        _cake.Answer(1, "The SDK is missing.");
        Assert.That(() => new DotNetTool(_cake).FormatProblems("/repo/Slipway.slnx", new QuietStep()), Throws.TypeOf<SlipwayException>().With.Message.Contains("SDK is missing"));
    }

    [Test]
    public void ShowsAllThatAFailedToolSaid()
    {
        _cake.Answer(1, "Registry.cs(3,1): error CS0103: no such name", "Build FAILED.");
        var heard = new List<string>();

        Assert.That(
            () => new DotNetTool(_cake).Build("/repo/Slipway.slnx", heard.Add),
            Throws.TypeOf<BuildFailedException>().With.Message.StartsWith("dotnet build Slipway.slnx failed (exit code 1)").And.Message.Contains("error CS0103"));
        Assert.That(heard, Has.Count.EqualTo(2));
    }

    [Test]
    public void ShowsTheErrorsOfAFailedBuildOnceEachAndByTheirFiles()
    {
        const string Error = "/repo/training/models/x/Own.cs(10,57): error CS0246: The type or namespace name 'Modle' could not be found [/repo/training/Trainer/Trainer.csproj]";
        _cake.Answer(1, "  Restored /repo/a.csproj (in 1 s).", Error, "  Registry -> /repo/Registry.dll", "Build FAILED.", Error, "    1 Error(s)");

        Assert.That(
            () => new DotNetTool(_cake).Build("/repo/Slipway.slnx"),
            Throws.TypeOf<BuildFailedException>().With.Message.EqualTo(
                $"dotnet build Slipway.slnx failed (exit code 1):{Environment.NewLine}" +
                $"{Path.Combine("training", "models", "x", "Own.cs")}(10,57): error CS0246: The type or namespace name 'Modle' could not be found"));
    }

    private sealed class QuietStep : IProgressStep
    {
        public bool HasFailed { get; private set; }

        public void Now(string text)
        {
        }

        public void Note(string text)
        {
        }

        public void Fail() => HasFailed = true;
    }
}
