using Slipway.Build.Images;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.Trivy;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class TrivyToolTests
{
    private static readonly ImageToScan Image = new("model", ImageName.Model, "slipway/model:1", ImageOrigin.Engine, "sha256:1");

    private LocalFolderFixture _fixture = null!;
    private RecordingCakeContext _context = null!;

    [SetUp]
    public void SetUp() => (_fixture, _context) = (new(), new());

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    // https://trivy.dev/docs/latest/guide/references/configuration/cli/trivy_image/ and trivy_convert/
    [Test]
    public void ImageIsScannedOnceForEverything()
    {
        Tool().Scan(Image, "/files/model.trivy.json", _ => { });

        Assert.That(CommandLine(), Is.EqualTo(
            "trivy image --image-src docker --format json --output /files/model.trivy.json --scanners vuln,secret,misconfig " +
            "--image-config-scanners misconfig,secret --list-all-pkgs --show-suppressed --exit-code 0 --no-progress --timeout 15m slipway/model:1"));
        Assert.That(_context.WorkingDirectories, Is.EqualTo(new[] { _fixture.Root }), "not in a folder that may contain a .trivyignore");
    }

    [Test]
    public void OtherFormatsAreMadeFromTheReport()
    {
        Tool().Convert("/files/model.trivy.json", "sarif", "/files/model.sarif");

        Assert.That(CommandLine(), Is.EqualTo("trivy convert --format sarif --output /files/model.sarif /files/model.trivy.json"));
    }

    [Test]
    public void VersionSaysWhatTheScannerKnows()
    {
        _context.Answer(0, """{"Version":"0.74.0","VulnerabilityDB":{"Version":2,"NextUpdate":"2027-01-16T00:00:00Z","UpdatedAt":"2027-01-15T18:00:00.5Z","DownloadedAt":"2027-01-15T19:00:00Z"},"CheckBundle":{}}""");
        var version = Tool().Version();

        Assert.That(version.ToString(), Is.EqualTo("trivy 0.74.0"));
        Assert.That(version.VulnerabilityDB!.UpdatedAt, Is.EqualTo(new DateTimeOffset(2027, 1, 15, 18, 0, 0, 500, TimeSpan.Zero)));
    }

    [TestCase("0.69.4", "malicious")]
    [TestCase("v0.69.5", "malicious")]
    [TestCase("0.69.6", "malicious")]
    [TestCase("0.59.1", "too old")]
    [TestCase("dev", "does not report its release")]
    public void ReleaseThatCannotBeTrustedIsRefusedWithHowToGetAnother(string version, string reason)
    {
        _context.Answer(0, $$"""{"Version":"{{version}}"}""");

        Assert.That(() => Tool().Version(), Throws.TypeOf<SlipwayException>().With.Message.Contains(reason).And.Message.Contains("sha256sum --check"));
    }

    [TestCase("0.60.0")]
    [TestCase("0.69.3")]
    [TestCase("0.69.40")]
    [TestCase("1.0.0")]
    public void ReleaseThatDoesIsTaken(string version)
    {
        _context.Answer(0, $$"""{"Version":"{{version}}"}""");

        Assert.That(Tool().Version().Version, Is.EqualTo(version));
    }

    [TestCase("Welcome to another program")]
    [TestCase("{}")]
    public void ProgramThatSaysNoVersionIsNoTrivy(string printed)
    {
        _context.Answer(0, printed);

        Assert.That(() => Tool().Version(), Throws.TypeOf<SlipwayException>().With.Message.Contains("not Trivy"));
    }

    [TestCase("init error: DB error: failed to download vulnerability DB: OCI artifact error: connection refused", "TRIVY_DB_REPOSITORY")]
    [TestCase("init error: DB error: database error: --skip-db-update cannot be specified on the first run", "TRIVY_CACHE_DIR")]
    [TestCase("image scan error: unable to find the specified image \"slipway/model:1\" in [\"docker\"]", "PackageImages")]
    [TestCase("image scan error: GET https://1.dkr.ecr.x.amazonaws.com/v2/: UNAUTHORIZED: authentication required", "role 'scan'")]
    [TestCase("image scan error: scan error: scan failed: context deadline exceeded", "timed out")]
    public void FailureSaysWhatTrivySaidAndWhatToDo(string said, string advice)
    {
        _context.Answer(1, "2027-01-15T12:00:00Z\tINFO\t[vulndb] Need to update DB", $"2027-01-15T12:00:01Z\tFATAL\tFatal error\trun error: {said}");

        Assert.That(
            () => Tool().Scan(Image, "report.json", _ => { }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains(said).And.Message.Contains(advice).And.Message.Not.Contains("INFO").And.Message.Contains("exit code 1"));
    }

    [Test]
    public void WithoutTrivyTheMessageSaysHowToGetIt() =>
        Assert.That(
            () => new TrivyTool(new StartingCakeContext(_context), _fixture.Root, TimeProvider.System, default, "trivy-is-not-here").Version(),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'trivy-is-not-here' is not on the PATH").And.Message.Contains("checksums.txt"));

    [Test]
    public void StopKeepsTheNextScanFromBeginning()
    {
        var tool = new TrivyTool(_context, _fixture.Root, TimeProvider.System, new(canceled: true));

        Assert.That(() => tool.Scan(Image, "report.json", _ => { }), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_context.CommandLines, Is.Empty);
    }

    [Test]
    public void ImageOfARegistryIsPulledByItsDigestWithALoginThatIsNotOnTheCommandLine()
    {
        Tool().Scan(new("gateway", ImageName.Gateway, "1.dkr.ecr.x.amazonaws.com/gateway@sha256:12", ImageOrigin.Registry, "sha256:12"), "/files/gateway.trivy.json", _ => { }, "/private/docker");

        Assert.That(CommandLine(), Does.StartWith("trivy image --image-src remote ").And.EndWith(" 1.dkr.ecr.x.amazonaws.com/gateway@sha256:12"));
        Assert.That(_context.EnvironmentVariables.Single()["DOCKER_CONFIG"], Is.EqualTo("/private/docker"));
        Assert.That(_context.EnvironmentVariables.Single(), Does.ContainKey("TRIVY_SEVERITY").WithValue(null), "and nothing of a person's that hides findings");
    }

    [Test]
    public void PersonsOwnLoginsStayWhereNoneIsNeeded()
    {
        Tool().Scan(Image, "report.json", _ => { });
        Assert.That(_context.EnvironmentVariables.Single(), Does.Not.ContainKey("DOCKER_CONFIG"));
    }

    private TrivyTool Tool() => new(_context, _fixture.Root, TimeProvider.System, default);

    private string CommandLine() => _context.CommandLines.Single().Replace("\"", "");
}
