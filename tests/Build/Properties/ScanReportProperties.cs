using CsCheck;
using Slipway.Build.Images.Scanning.NuGet;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;
using Slipway.Registry;
using Slipway.Tests.Properties;

namespace Slipway.Build.Tests.Properties;

/// <summary>What scanners report, and the policy that it is compared with.</summary>
public sealed class ScanReportProperties
{
    private static readonly byte[] Trivy = """
        {
          "SchemaVersion": 2, "CreatedAt": "2026-11-01T10:00:00.5Z", "ArtifactName": "slipway/model", "ArtifactType": "container_image",
          "Metadata": {"OS": {"Family": "ubuntu", "Name": "24.04", "EOSL": false}, "ImageID": "sha256:aa", "RepoDigests": ["r@sha256:bb"]},
          "Results": [
            {"Target": "ubuntu", "Class": "os-pkgs", "Type": "ubuntu", "Packages": [{"Name": "libc6", "Version": "2.39"}],
             "Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "libc6", "InstalledVersion": "2.39", "FixedVersion": "2.40", "Severity": "HIGH", "Title": "t", "PrimaryURL": "https://a/b"}]},
            {"Target": "Dockerfile", "Misconfigurations": [{"ID": "DS001", "Severity": "LOW", "Status": "FAIL", "Message": "m"}], "Secrets": [{"RuleID": "key", "Severity": "CRITICAL", "StartLine": 3}],
             "ExperimentalModifiedFindings": [{"Type": "vulnerability", "Status": "ignored", "Source": ".trivyignore"}]}
          ]
        }
        """u8.ToArray();

    private static readonly byte[] NuGet = """
        { "version": 1, "problems": [{"project": "A.csproj", "level": "warning", "text": "Audit source 'a' did not provide any data."}],
          "projects": [{"path": "A.csproj", "frameworks": [{"framework": "net10.0", "topLevelPackages": [{"id": "X", "resolvedVersion": "1.0",
            "vulnerabilities": [{"severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-1"}]}], "transitivePackages": []}]}] }
        """u8.ToArray();

    private string _file = null!;

    [SetUp]
    public void NameFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void OfTrivyAreReadOrReported() =>
        Property.Holds(EditedJson.Of(Trivy), 700, json => ReadsOrReports(json, "report", () => ScanFindings.Of(TrivyReportReader.Read(_file))), Edited.Show);

    [Test]
    public void OfNuGetAreReadOrReported() =>
        Property.Holds(EditedJson.Of(NuGet).Select(System.Text.Encoding.UTF8.GetString), 700, text =>
            ReadsOrReports([], "dotnet list package|NuGet", () => NuGetAuditReport.Read(text.Split('\n'), ["https://feed.example/index.json"])), text => text);

    [Test]
    public void AreComparedWithAPolicyThatIsReadOrReported() =>
        Property.Holds(EditedJson.Of(File.ReadAllBytes(Path.Combine(Repository.Root, "build", "scan-policy.json"))), 400, json => ReadsOrReports(json, _file, () => ScanPolicyReader.Read(_file)), Edited.Show);

    private void ReadsOrReports(byte[] content, string named, Action read)
    {
        File.WriteAllBytes(_file, content);
        try
        {
            read();
        }
        catch (SlipwayException e)
        {
            Assert.That(e.Message, Does.Match(named).Or.Contains("scan").And.Not.Contain("   at "));
        }
    }
}
