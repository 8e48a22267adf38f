using Slipway.Benchmarks;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Benchmarks;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class BenchmarkSelectionTests
{
    private static readonly RepositoryFacts Nothing = new([], []);

    [Test]
    public void TakesAllOfAFullRunUnlessSomeAreNamed()
    {
        var all = BenchmarkSelection.Of(null, BenchmarkPlan.Full);

        Assert.That(all.Names, Is.EqualTo(ComparisonNames.All));
        Assert.That((all.IsPartial, all.NeedsFleet, all.TrainingJobs), Is.EqualTo((false, true, BenchmarkPlan.Full.TrainingJobs)));
        Assert.That(all.RowsOf(ComparisonNames.Tensor), Is.EqualTo(BenchmarkPlan.Full.Rows));
        Assert.That(all.OtherModels.SelectMany(all.RowsOf), Is.EqualTo(BenchmarkPlan.Full.RowsOfOthers.Concat(BenchmarkPlan.Full.RowsOfOthers)));
    }

    [Test]
    public void LeavesOutOfAQuickRunWhatItHasNoTimeFor()
    {
        var quick = BenchmarkSelection.Of(null, BenchmarkPlan.Quick);

        Assert.That(ComparisonNames.All.Except(quick.Names), Is.EqualTo(new[] { "linear-64", "network-64" }));
        Assert.That(quick.RowsOf(ComparisonNames.Tensor), Is.EqualTo(BenchmarkPlan.Quick.Rows));
    }

    [Test]
    public void RunsWhatIsNamedInTheUsualOrder()
    {
        var named = BenchmarkSelection.Of("gateway, tensor,network-64", BenchmarkPlan.Quick);

        Assert.That(named.Names, Is.EqualTo(new[] { "tensor", "network-64", "gateway" }));
        Assert.That(named.IsPartial, Is.True);
        Assert.That(named.OtherModels, Is.EqualTo(new[] { ComparisonNames.Network }));
        Assert.That(named.RowsOf(ComparisonNames.Network), Is.EqualTo(new[] { 64 }));
        Assert.That(named.RowsOf(ComparisonNames.Tensor), Is.EqualTo(new[] { 1 }));
    }

    [TestCase("tensor", 1, true)]
    [TestCase("swap", 3, true)]
    [TestCase("training", 3, false)]
    [TestCase("training,record", 3, true)]
    public void NeedsNoMoreVersionsAndServersThanWhatIsNamed(string only, int jobs, bool fleet)
    {
        var named = BenchmarkSelection.Of(only, BenchmarkPlan.Full);

        Assert.That((named.TrainingJobs, named.NeedsFleet), Is.EqualTo((jobs, fleet)));
    }

    [Test]
    public void SaysWhichNamesThereAre()
    {
        Assert.That(Arguments.Only.Rule.Problem("record,gatway", Nothing), Is.EqualTo(
            $"names an unknown comparison: 'gatway'. Did you mean gateway? Comparisons: {string.Join(", ", ComparisonNames.All)}"));
        Assert.That(Arguments.Only.Rule.Problem(",", Nothing), Does.StartWith("must name one of: tensor, "));
        Assert.That(Arguments.Only.Rule.Problem("record, gateway", Nothing), Is.Null);
    }

    [Test]
    public void ListsTheNamesInTheDocumentation()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "performance.md"));

        Assert.That(ComparisonNames.All.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }
}
