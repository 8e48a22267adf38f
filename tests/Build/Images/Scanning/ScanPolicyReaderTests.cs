using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class ScanPolicyReaderTests
{
    private static readonly string Ours = Path.Combine(Repository.Root, "build", "scan-policy.json");

    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void PolicyOfThisRepositoryLetsNothingCriticalPass()
    {
        var policy = ScanPolicyReader.Read(Ours);

        Assert.That(policy.Vulnerabilities.Critical, Is.EqualTo(new FixBounds(0, 0)));
        Assert.That(policy.Vulnerabilities.High.Fixable, Is.Zero);
        Assert.That((policy.Secrets, policy.Misconfigurations.High, policy.EndOfLife, policy.SystemPackages), Is.EqualTo((0, 0, false, true)));
        Assert.That(policy.NuGet.NoData, Is.EqualTo(NoDataPolicy.Fail));
    }

    [Test]
    public void EntryIsReadWithAndWithoutWhatMayBeLeftOut()
    {
        var policy = Read("""{ "id": "CVE-1", "reason": "why", "expires": "2027-03-31" }, { "id": "CVE-2", "package": "p", "image": "model", "reason": "why", "expires": "2027-03-31" }""");

        Assert.That(policy.Allow, Is.EqualTo(new AllowedFinding[] { new("CVE-1", "why", new(2027, 3, 31)), new("CVE-2", "why", new(2027, 3, 31), "p", "model") }));
    }

    [TestCase("""{ "id": "CVE-1", "expires": "2027-03-31" }""", "reason")]
    [TestCase("""{ "id": "CVE-1", "reason": "why" }""", "expires")]
    [TestCase("""{ "id": "CVE-1", "reason": null, "expires": "2027-03-31" }""", "reason")]
    [TestCase("""{ "id": "CVE-1", "reason": "why", "expires": "never" }""", "expires")]
    [TestCase("""{ "id": "CVE-1", "reason": "why", "expires": "2027-03-31", "untill": "2028-01-01" }""", "untill")]
    public void EntryThatLacksSomethingIsRefusedWithItsLine(string entry, string named) =>
        Assert.That(() => Read(entry), Throws.TypeOf<SlipwayException>().With.Message.Contains(named).And.Message.Match(@"at line 45 "));

    [TestCase("""{ "id": "CVE-1", "reason": " ", "expires": "2027-03-31" }""", "no reason")]
    [TestCase("""{ "id": "", "reason": "why", "expires": "2027-03-31" }""", "no id")]
    [TestCase("""{ "id": "CVE-1", "package": "", "reason": "why", "expires": "2027-03-31" }""", "empty package")]
    [TestCase("""{ "id": "CVE-1", "image": "gatway", "reason": "why", "expires": "2027-03-31" }""", "gatway")]
    [TestCase("null", "is null")]
    public void EntryThatSaysLessThanItSeemsToIsRefused(string entry, string named) =>
        Assert.That(() => Read(entry), Throws.TypeOf<SlipwayException>().With.Message.Contains("'allow' entry 1").And.Message.Contains(named));

    [TestCase("\"secrets\": 0,", "", "secrets")]
    [TestCase("\"secrets\": 0,", "\"secrets\": -1,", "'secrets' is -1")]
    [TestCase("\"secrets\": 0,", "\"secrets\": 0, \"secrets\": 9,", "secrets")]
    [TestCase("\"secrets\": 0,", "\"secrets\": 0, \"licenses\": 0,", "licenses")]
    [TestCase("\"noData\": \"fail\"", "\"noData\": \"ignore\"", "noData")]
    [TestCase("\"noData\": \"fail\"", "\"noData\": 1", "noData")]
    [TestCase("\"high\": { \"fixable\": 0, \"unfixable\": 5 }", "\"high\": { \"unfixable\": 5 }", "fixable")]
    [TestCase("\"hoursAtMost\": 24", "\"hoursAtMost\": 2147483647", "'report.hoursAtMost' is 2147483647")]
    public void PolicyThatDoesNotMakeSenseIsRefused(string from, string to, string named)
    {
        var text = File.ReadAllText(Ours);
        Assert.That(text, Does.Contain(from));

        Assert.That(() => ScanPolicyReader.Read(Write(text.Replace(from, to))), Throws.TypeOf<SlipwayException>().With.Message.Contains(named));
    }

    [Test]
    public void WithoutAPolicyNothingPasses() =>
        Assert.That(() => ScanPolicyReader.Read(Path.Combine(_fixture.Root, "none.json")), Throws.TypeOf<SlipwayException>().With.Message.Contains("nothing passes"));

    private ScanPolicy Read(string entries) => ScanPolicyReader.Read(Write(File.ReadAllText(Ours).Replace("\"allow\": []", $"\"allow\": [\n{entries}\n]")));

    private string Write(string text)
    {
        var file = Path.Combine(_fixture.Root, "scan-policy.json");
        File.WriteAllText(file, text);
        return file;
    }
}
