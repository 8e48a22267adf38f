using Slipway.Build.Images.Scanning.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Images.Scanning;

public sealed class TrivyReportReaderTests
{
    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [TestCase("", "is empty")]
    [TestCase("{\"SchemaVersion\": 2, \"Results\": [", "is damaged")]
    [TestCase("trivy: command failed", "is damaged")]
    [TestCase("null", "is null")]
    [TestCase("{\"SchemaVersion\": 1}", "has schema 1")]
    [TestCase("{\"SchemaVersion\": 3}", "has schema 3")]
    [TestCase("{}", "has no schema version")]
    [TestCase("[]", "is damaged")]
    [TestCase("{\"SchemaVersion\": 2, \"Results\": {}}", "is damaged")]
    [TestCase("{\"SchemaVersion\": 2, \"Results\": [null]}", "is damaged")]
    [TestCase("{\"SchemaVersion\": 2, \"Results\": [{\"Vulnerabilities\": [null]}]}", "is damaged")]
    public void WhatIsNoReportIsRefusedWithTheReason(string content, string reason) =>
        Assert.That(() => TrivyReportReader.Read(Write(content)), Throws.TypeOf<SlipwayException>().With.Message.Contains(reason).And.Message.Contains("ScanImages"));

    [Test]
    public void ReportThatIsNotThereIsRefused() =>
        Assert.That(() => TrivyReportReader.Read(Path.Combine(_fixture.Root, "none.json")), Throws.TypeOf<SlipwayException>().With.Message.Contains("does not exist"));

    [Test]
    public void ReportWithoutAnythingButItsSchemaIsRead() =>
        Assert.That(TrivyReportReader.Read(Write("{\"SchemaVersion\": 2}")).AllResults, Is.Empty);

    [Test]
    public void ReportOfAnySizeIsNotRead()
    {
        var file = Write("{");
        using (var stream = File.OpenWrite(file))
            stream.SetLength(TrivyReportReader.SizeLimit + 1); // a hole: nothing is written

        Assert.That(() => TrivyReportReader.Read(file), Throws.TypeOf<SlipwayException>().With.Message.Contains("more than"));
    }

    private string Write(string content)
    {
        var file = Path.Combine(_fixture.Root, "report.json");
        File.WriteAllText(file, content);
        return file;
    }
}
