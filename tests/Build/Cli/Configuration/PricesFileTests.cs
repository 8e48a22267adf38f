using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Costs;

namespace Slipway.Build.Tests.Cli.Configuration;

public sealed class PricesFileTests
{
    [Test]
    public void TableOfThisRepositoryIsReadableAndSaysWhereItsPricesComeFrom()
    {
        var prices = PriceTableReader.ReadFile(Path.Combine(Repository.Root, Paths.Prices))!;

        Assert.That(prices.Source, Does.StartWith("example"), "nobody must take them for the prices of a contract");
        Assert.That(prices.Regions.Keys, Does.Contain("eu-central-1"));
        Assert.That(prices.Find(PriceTable.Local), Is.Null, "a machine of ours has no price until somebody gives one");
    }
}
