using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Automation.Tests;

public sealed class LineageTagsTests
{
    [Test]
    public void KeepsToTheLimitsOfObjectTags()
    {
        var many = Enumerable.Range(0, 60).ToDictionary(i => $"hyperparameter{i}", i => "0.123456789");
        var tags = LineageTags.Of(Lineage(many), Metrics);

        Assert.That(tags, Has.Count.LessThanOrEqualTo(10));
        Assert.That(tags.Keys, Is.All.Length.LessThanOrEqualTo(128));
        Assert.That(tags.Values, Is.All.Length.LessThanOrEqualTo(256));
        Assert.That(tags.Values, Is.All.Not.Contains("{").And.All.Not.Contains("\""));
    }

    [Test]
    public void WritesLongValuesAsTheirDigest()
    {
        var many = Enumerable.Range(0, 60).ToDictionary(i => $"hyperparameter{i}", i => "0.123456789");

        Assert.That(LineageTags.Of(Lineage(many), Metrics)["slipway:hyperparameters"], Does.Match("^sha256=[0-9a-f]{64}$"));
    }

    [Test]
    public void SaysThatATreeWasDirty() =>
        Assert.That(
            LineageTags.Of(Lineage(new Dictionary<string, string>()) with { Source = new("abc", Dirty: true) }, Metrics)["slipway:commit"],
            Is.EqualTo("abc dirty"));

    private static ModelMetrics Metrics => new(
        new Dictionary<string, Metric> { ["auc"] = new(0.98765) }, [], null, new(1, 1, 0, 0, new Dictionary<string, double>(), null), 1, 1);

    private static Lineage Lineage(Dictionary<string, string> hyperparameters) => new(
        "m-0123456789ab-a1", "m", new("datasets/m/d.csv", "v1", new('a', 64), 10, 1), new('b', 64), "LightGBM", hyperparameters, 1,
        new("abc", false), new("image", "X64", new Dictionary<string, string>()), null, default, null);
}
