using System.Diagnostics;
using System.Text.Json.Nodes;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Build.Environments.LiveImages;
using Slipway.Build.Images.ContainerRegistry.Credentials;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Images.Scanning;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.LiveImages;

public sealed class LiveScanningTests
{
    private const string Model = "1.dkr.ecr.x.amazonaws.com/shore/model";
    private const string Gateway = "1.dkr.ecr.x.amazonaws.com/shore/gateway";

    private static readonly string Old = $"sha256:{new string('a', 64)}";
    private static readonly string New = $"sha256:{new string('b', 64)}";

    private LocalFolderFixture _fixture = null!;
    private StandInScanner _scanner = null!;

    [SetUp]
    public void SetUp() => (_fixture, _scanner) = (new(), new());

    [TearDown]
    public void TearDown()
    {
        _scanner.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task ImageThatBothColorsRunIsScannedOnceByItsDigest()
    {
        Clean($"{Model}@{New}", $"{Gateway}@{New}");
        await ScanAsync(Runs("blue", Model, New), Runs("green", Model, New), Runs("gateway", Gateway, New));

        Assert.That(Scanned(), Is.EqualTo(new[] { $"{Model}@{New}", $"{Gateway}@{New}" }));
        foreach (var file in new[] { "model.trivy.json", "model.sarif", "model.cdx.json", "gateway.sarif", "scan.md" })
            Assert.That(_scanner.Live.At(file), Does.Exist);
        Assert.That(Summary, Does.StartWith("## Scan of running images of shore").And.Contain("| pass | model | 3 |").And.Contain("| pass | gateway | 2 |"));
    }

    [Test]
    public async Task ColorsThatDifferAreScannedApart()
    {
        Clean($"{Model}@{New}", $"{Model}@{Old}", $"{Gateway}@{New}");
        await ScanAsync(Runs("blue", Model, Old), Runs("green", Model, New), Runs("gateway", Gateway, New));

        Assert.That(Summary, Does.Contain("| pass | model-blue | 3 |").And.Contain("| pass | model-green | 3 |"));
        Assert.That(_scanner.Live.At("model-blue.sarif"), Does.Exist);
    }

    [Test]
    public void ServiceInTheMiddleOfADeploymentRunsTwo() => Assert.That(
        LiveImage.ToScan([Runs("blue", Model, Old), Runs("green", Model, Old), Runs("green", Model, New), Runs("gateway", Gateway, Old), Runs("gateway", Gateway, New)])
            .Select(image => image.Subject),
        Is.EqualTo(new[] { "model-blue", "model-green", "gateway-1", "gateway-2" }));

    [Test]
    public void NewlyKnownVulnerabilityIsRefusedWithWhatToDo()
    {
        Clean($"{Model}@{New}", $"{Gateway}@{New}");
        _scanner.FindsVulnerability($"{Model}@{New}", "CRITICAL");

        Assert.That(() => ScanAsync(Runs("blue", Model, New), Runs("gateway", Gateway, New)), Throws.TypeOf<RefusedException>()
            .With.Message.Contains("model: FAIL vulnerabilities critical fixable 1 (<= 0)").And.Message.Contains("Rebuild with the fixes").And.Message.Contains("the images running in 'shore' contain more than"));
        Assert.That(Summary, Does.Contain("CVE-2027-1"));
    }

    [Test]
    public async Task NothingOfAnEarlierScanIsLeft()
    {
        Clean($"{Model}@{New}", $"{Model}@{Old}", $"{Gateway}@{New}");
        await ScanAsync(Runs("blue", Model, Old), Runs("green", Model, New), Runs("gateway", Gateway, New));
        await ScanAsync(Runs("blue", Model, New), Runs("green", Model, New), Runs("gateway", Gateway, New));

        Assert.That(_scanner.Live.At("model-blue.sarif"), Does.Not.Exist);
    }

    [Test]
    public void ReportOfAnotherDigestProvesNothing()
    {
        Clean($"{Model}@{New}", $"{Gateway}@{New}");
        _scanner.Finds($"{Model}@{New}", "Metadata", Metadata($"{Model}@{Old}"));

        Assert.That(() => ScanAsync(Runs("blue", Model, New), Runs("gateway", Gateway, New)), Throws.TypeOf<SlipwayException>()
            .With.Message.Contains("model: INCONCLUSIVE report image").And.Message.Contains(Old).And.Message.Contains($"is running is {New}"));
    }

    [Test]
    public async Task LoginReachesTheScannerByAFolderThatGoes()
    {
        Clean($"{Model}@{New}", $"{Gateway}@{New}");
        await ScanAsync(Runs("blue", Model, New), Runs("gateway", Gateway, New));

        Assert.That(_scanner.Configurations, Has.Count.EqualTo(2));
        Assert.That(_scanner.Configurations, Is.All.Contains(Credentials.Basic).And.All.Contains("1.dkr.ecr.x.amazonaws.com"));
        Assert.That(string.Join(' ', _scanner.Started), Does.Not.Contain(Credentials.Password).And.Not.Contain(Credentials.Basic));
        Assert.That(_scanner.Output.ToString(), Does.Not.Contain(Credentials.Password));
    }

    [Test]
    public void LocalProcessesAreNoImages()
    {
        // a service that surely runs: this very process
        using var process = Process.GetCurrentProcess();
        new ServiceRecords(_fixture.Folders).Save(new("gateway", process.Id, process.StartTime.ToUniversalTime(), "release", "log"));

        Assert.That(() => _scanner.ScanAsync(Local(), Login, Job), Throws.TypeOf<SlipwayException>()
            .With.Message.StartsWith("'gateway' runs as a process here, not in an image").And.Message.Contains("--fleet=docker"));
        Assert.That(_scanner.Started, Is.Empty);
    }

    [Test]
    public void NothingRunningIsOneSentence() => Assert.That(
        () => _scanner.ScanAsync(Local(), Login, Job),
        Throws.TypeOf<SlipwayException>().With.Message.EqualTo("Nothing is running in the local environment. Start it with ./build.sh --target=Deploy"));

    private LocalEnvironment Local() => new(
        _fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromMinutes(1))), LocalFolderFixture.NoEngine, TimeProvider.System);

    private static RegistryCredentials Credentials { get; } = new("AWS", "a token of twelve hours", "the test");

    private RegistryLogin Login => new(new Source(), new(_fixture.Root, new(TimeProvider.System)));

    private WorkflowJob Job => new(name => name == EnvironmentVariables.GitHubSummary ? Path.Combine(_fixture.Root, "summary.md") : null, TextWriter.Null);

    private string Summary => File.ReadAllText(Path.Combine(_fixture.Root, "summary.md"));

    private static LiveImage Runs(string service, string repository, string digest) => new(service, $"{repository}@{digest}", ImageOrigin.Registry, digest);

    private Task ScanAsync(params LiveImage[] services) => _scanner.ScanAsync(new EnvironmentDouble(_fixture.Folders) { LiveImages = () => services }, Login, Job);

    private void Clean(params string[] references)
    {
        foreach (var reference in references)
            _scanner.Finds(reference, "Metadata", Metadata(reference));
    }

    private static JsonNode Metadata(string reference)
    {
        var metadata = ScanFixture.Clean()["Metadata"]!.DeepClone();
        metadata["RepoDigests"] = new JsonArray(reference);
        return metadata;
    }

    private IEnumerable<string> Scanned() => _scanner.Started.Where(line => line.Contains("\"remote\"", StringComparison.Ordinal)).Select(line => line.Split('"')[^2]);

    private sealed class Source : IRegistryCredentialSource
    {
        public Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation) => Task.FromResult<RegistryCredentials?>(Credentials);
    }
}
