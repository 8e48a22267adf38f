using Slipway.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>The benchmark and its load generator are different processes, which meet in two lines of JSON.</summary>
public sealed class LoadContractTests
{
    [Test]
    public async Task TheGeneratorUnderstandsJobsOfTheBenchmarkAndTheBenchmarkItsResults()
    {
        // nothing listens on port 1: the result contains failures
        var job = new LoadJob(new("http://127.0.0.1:1/invocations"), "application/json", "{}", 2, 0, 20_000, 10, [], "x-slipway-model-version");
        await using var results = new StringWriter();

        await LoadProgram.RunAsync(new StringReader(job.ToLine()), results);

        var result = LoadResult.Of(results.ToString());
        Assert.That(result.Failed, Is.EqualTo(200));
        Assert.That(result.Failure, Is.Not.Empty);
        Assert.That(result.Requests, Is.Zero);
    }

    [Test]
    public void WhatIsNoResultIsShown() =>
        Assert.That(() => LoadResult.Of("Unhandled exception."), Throws.InstanceOf<Slipway.Registry.SlipwayException>().With.Message.Contains("Unhandled exception."));
}
