using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Build.Images;
using Slipway.Build.Images.Releases;
using Slipway.Build.Images.Scanning;
using Slipway.Build.Images.Scanning.Gate;
using Slipway.Build.Images.Scanning.Policy;
using Slipway.Build.Images.Scanning.Reports;

namespace Slipway.Build.Tests.Images.Scanning;

/// <summary>A packaged image, a policy that allows little, and reports of the shape that Trivy's have.</summary>
internal static class ScanFixture
{
    public const string Id = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    public static DateTimeOffset Now { get; } = new(2027, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static ReleaseImage Gateway { get; } = new(ImageName.Gateway, "slipway/gateway:1.0.0-abc", Id, new string('c', 64), "base@sha256:00", 1);

    public static ReleaseImage Model { get; } = Gateway with { Name = ImageName.Model, Local = "slipway/model:1.0.0-abc" };

    public static ScanPolicy Policy { get; } = new(
        new(new(0, 0), new(0, 1), new(2, null), new(null, null), new(0, null)), new(0, 0, 0, null, 0), 0, EndOfLife: false, SystemPackages: true,
        new(24, 168), new(NoDataPolicy.Fail), []);

    public static TrivyVersion Scanner { get; } = new("0.74.0", new(Now.AddHours(-3)));

    /// <summary>Trivy's report for one of our images without findings.</summary>
    public static JsonObject Clean(params string[] programs) => new()
    {
        ["SchemaVersion"] = 2,
        ["CreatedAt"] = Now.ToString("O"),
        ["ArtifactName"] = "slipway/gateway:1.0.0-abc",
        ["ArtifactType"] = "container_image",
        ["Metadata"] = new JsonObject { ["OS"] = new JsonObject { ["Family"] = "ubuntu", ["Name"] = "24.04" }, ["ImageID"] = Id },
        ["Results"] = new JsonArray(
            [
                new JsonObject { ["Target"] = "slipway/gateway (ubuntu 24.04)", ["Class"] = "os-pkgs", ["Type"] = "ubuntu", ["Packages"] = Packages("libc6") },
                .. (programs is [] ? ["Slipway.Gateway"] : programs).Select(program => new JsonObject
                {
                    ["Target"] = $"app/{program}.deps.json", ["Class"] = "lang-pkgs", ["Type"] = "dotnet-core", ["Packages"] = Packages("Yarp.ReverseProxy"),
                }),
            ]),
    };

    public static JsonObject With(this JsonObject report, string list, params JsonObject[] findings)
    {
        report["Results"]![0]![list] = new JsonArray([.. findings]);
        return report;
    }

    public static JsonObject Vulnerability(string severity, string? fixedIn = "2.40", string id = "CVE-2027-1", string package = "libc6") => new()
    {
        ["VulnerabilityID"] = id,
        ["PkgName"] = package,
        ["InstalledVersion"] = "2.39",
        ["FixedVersion"] = fixedIn,
        ["Severity"] = severity,
        ["Title"] = "heap | overflow",
        ["PrimaryURL"] = $"https://example.org/{id}",
    };

    public static JsonObject Misconfiguration(string severity, string status) => new()
    {
        ["ID"] = "DS-0002",
        ["Severity"] = severity,
        ["Status"] = status,
        ["Message"] = "runs as root",
    };

    public static JsonObject Secret() => new() { ["RuleID"] = "aws-access-key-id", ["Severity"] = "CRITICAL", ["StartLine"] = 3, ["Match"] = "AKIAEXAMPLE" };

    public static TrivyReport Read(JsonObject report) => JsonSerializer.Deserialize(report.ToJsonString(), TrivyJson.Default.TrivyReport)!;

    public static ScanVerdict Evaluate(JsonObject report, ScanPolicy? policy = null, DateTimeOffset? now = null, TrivyVersion? scanner = null) =>
        ScanGate.Evaluate(new ScannedImage(ImageToScan.Of(Gateway), Read(report), scanner ?? Scanner), policy ?? Policy, now ?? Now);

    public static ScanRule Rule(this ScanVerdict verdict, string name) => verdict.Rules.Single(rule => rule.Rule == name);

    private static JsonArray Packages(params string[] names) => [.. names.Select(name => new JsonObject { ["Name"] = name, ["Version"] = "1" })];
}
