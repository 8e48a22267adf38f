using System.Text.Json;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Signing;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>The target and the benchmark program are different processes, which meet in one line of JSON.</summary>
public sealed class BenchmarkRequestTests
{
    private static readonly BenchmarkRequest Request = new(
        "/some where", "/some where/.slipway/.benchmark", "pumps", "/data/\"pumps\".csv", Quick: true,
        new LocalSettings(8080, 8081, TimeSpan.FromSeconds(90), SignatureMode.Warn), new("0123456789abcdef0123456789abcdef01234567", Dirty: true), "Käthe", "git is not installed.", "record,gateway");

    [Test]
    public void ArrivesAsItWasSent() => Assert.That(BenchmarkRequest.Of(Request.ToJson()), Is.EqualTo(Request));

    [Test]
    public void ArrivesWithoutWhatIsOptional()
    {
        var least = Request with { Dataset = null, Refusal = null, Only = null };

        Assert.That(BenchmarkRequest.Of(least.ToJson()), Is.EqualTo(least));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("--quick")]
    public void RejectsOtherText(string text) => Assert.That(() => BenchmarkRequest.Of(text), Throws.InstanceOf<JsonException>());

    [Test]
    public void RejectsARequestWithoutAModel() =>
        Assert.That(() => BenchmarkRequest.Of(Request.ToJson().Replace("\"pumps\"", "null", StringComparison.Ordinal)), Throws.InstanceOf<JsonException>());
}
