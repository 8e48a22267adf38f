using Slipway.Benchmarks.Contestants;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class ObservedServersTests
{
    private readonly ObservedServers _servers = new("/r/Slipway.Inference.dll", "/copy", "PEM", new("http://127.0.0.1:4317"));

    [Test]
    public void OneHasEverythingAndTheOtherNothing()
    {
        var (on, off) = (_servers.Everything.Command("/w", 8090), _servers.Nothing.Command("/w", 8091));

        Assert.That(on.Take(5), Is.EqualTo(new[] { "env", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317/", "OTEL_TRACES_SAMPLER=always_on", "dotnet", "/r/Slipway.Inference.dll" }));
        Assert.That(off.Take(2), Is.EqualTo(new[] { "dotnet", "/r/Slipway.Inference.dll" }));
        Assert.That(on.Where(word => word.EndsWith("Enabled=false", StringComparison.Ordinal)), Is.Empty);
        Assert.That(off.Where(word => word.EndsWith("Enabled=false", StringComparison.Ordinal)), Has.Exactly(2).Items);
    }

    /// <summary>They differ in nothing but what is measured, their names and their places.</summary>
    [Test]
    public void BothServeTheSame()
    {
        string[] own = ["--Replica=", "--Url=", "--Monitoring:", "--PredictionLog:"];
        IEnumerable<string> Common(ContestantProgram program) =>
            program.Command("/w", 8090).SkipWhile(word => word != "dotnet").Where(word => !own.Any(option => word.StartsWith(option, StringComparison.Ordinal)));

        Assert.That(Common(_servers.Nothing), Is.EqualTo(Common(_servers.Everything)));
    }
}
