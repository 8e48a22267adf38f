using Slipway.Build.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>The build and the load generator are different programs, which meet in two lines of JSON.</summary>
public sealed class LoadContractTests
{
    [Test]
    public async Task The_generator_understands_jobs_of_the_build_and_the_build_its_results()
    {
        // port 1 answers nobody: the result tells of failures
        var job = new LoadJob(new("http://127.0.0.1:1/invocations"), "application/json", "{}", 2, 0, 20_000, 10, [], "x-slipway-model-version");
        await using var results = new StringWriter();

        await Slipway.Benchmarks.Load.LoadProgram.RunAsync(new StringReader(job.ToLine()), results);

        var result = LoadResult.Of(results.ToString());
        Assert.That(result.Failed, Is.EqualTo(200));
        Assert.That(result.Failure, Is.Not.Empty);
        Assert.That(result.Requests, Is.Zero);
    }

    [Test]
    public void What_is_no_result_is_shown() =>
        Assert.That(() => LoadResult.Of("Unhandled exception."), Throws.InstanceOf<Slipway.Registry.SlipwayException>().With.Message.Contains("Unhandled exception."));

    [Test]
    public void Both_know_the_same_members()
    {
        Assert.That(Members(typeof(LoadJob)), Is.EqualTo(Members(typeof(Slipway.Benchmarks.Load.LoadJob))));
        Assert.That(Members(typeof(LoadResult)), Is.EqualTo(Members(typeof(Slipway.Benchmarks.Load.LoadResult))));
        Assert.That(Members(typeof(SeenValue)), Is.EqualTo(Members(typeof(Slipway.Benchmarks.Load.SeenValue))));
    }

    private static IEnumerable<string> Members(Type type) => type.GetProperties().Select(property => $"{property.Name}: {property.PropertyType.Name}").Order();
}
