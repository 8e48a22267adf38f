using Slipway.Benchmarks;
using Slipway.Benchmarks.Contestants;
using Slipway.Build.Environments;
using Slipway.Registry.Channels;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class ObservedServersTests
{
    private ObservedServers _servers = null!;

    [SetUp]
    public void Describe()
    {
        var environment = new LocalEnvironment("/home", new(Port: 0, "penguins", new(0, 0, TimeSpan.FromSeconds(1)), InContainers: false), BenchmarkPlace.NoEngine, TimeProvider.System);
        _servers = new("/r/Slipway.Inference.dll", new(environment, "penguins", Color.Blue), "/copy");
    }

    [Test]
    public void OneHasEverythingAndAnotherNothing()
    {
        var (on, off) = (_servers.WithTelemetry(new("http://127.0.0.1:4318")).Command("/w", 8090), _servers.Nothing.Command("/w", 8091));

        Assert.That(on.Take(6), Is.EqualTo(
            new[] { "env", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318/", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "dotnet", "/r/Slipway.Inference.dll", "serve" }));
        Assert.That(off.Take(3), Is.EqualTo(new[] { "dotnet", "/r/Slipway.Inference.dll", "serve" }));
        Assert.That(on.Where(word => word.EndsWith("Enabled=false", StringComparison.Ordinal)), Is.Empty);
        Assert.That(off.Where(word => word.EndsWith("Enabled=false", StringComparison.Ordinal)), Has.Exactly(2).Items);
    }

    /// <summary>They differ in nothing but what is measured, their names and their places.</summary>
    [Test]
    public void AllServeTheSame()
    {
        string[] own = ["--Replica=", "--Url=", "--Monitoring:", "--PredictionLog:"];
        IEnumerable<string> Common(ContestantProgram program) =>
            program.Command("/w", 8090).SkipWhile(word => word != "dotnet").Where(word => !own.Any(option => word.StartsWith(option, StringComparison.Ordinal)));

        foreach (var other in new[] { _servers.Nothing, _servers.Counts, _servers.WithTelemetry(new("http://127.0.0.1:4318")) })
            Assert.That(Common(other), Is.EqualTo(Common(_servers.AsDeployed)), other.Name);
    }
}
