using System.Text;
using System.Text.Json;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;

namespace Slipway.Registry.Tests.Costs;

public sealed class TrainingCostTests
{
    private static readonly PriceTable Prices = new(
        "USD", new(2026, 11, 1), "a test", new Dictionary<string, RegionPrices> { ["eu-central-1"] = new(new Dictionary<string, decimal> { ["ml.m5.large"] = 0.138m, ["free"] = 0 }) });

    [TestCase(3600, 1, 0.138)]
    [TestCase(80, 1, 0.003067)] // 80 / 3600 * 0.138, by hand
    [TestCase(80, 4, 0.012267)]
    [TestCase(0, 1, 0)]
    public void SecondsArePricedByTheHour(double seconds, int instances, decimal amount) =>
        Assert.That(TrainingCost.Of("ml.m5.large", instances, seconds, "eu-central-1", Prices).Amount, Is.EqualTo(amount));

    [TestCase("ml.m5.large", "eu-west-1")]
    [TestCase("ml.p5.48xlarge", "eu-central-1")]
    public void WhatHasNoPriceSaysSoAndIsNeverZero(string type, string region)
    {
        var cost = TrainingCost.Of(type, 1, 80, region, Prices);

        Assert.That((cost.Amount, cost.Price), Is.EqualTo(((decimal?)null, (HourPrice?)null)));
        Assert.That(CostText.Of(cost), Is.EqualTo($"no price given for {type} in {region}: 80 billable seconds on {type}"));
        Assert.That(CostText.Briefly(cost), Is.EqualTo("no price given"));
    }

    [Test]
    public void WithoutATableNothingHasAPrice() =>
        Assert.That(CostText.Of(TrainingCost.Of(PriceTable.Process, 1, 2.5, PriceTable.Local, prices: null)), Is.EqualTo("no price given for process in local: 2.5 seconds on process"));

    [Test]
    public void PriceOfZeroIsAPrice() =>
        Assert.That(CostText.Briefly(TrainingCost.Of("free", 1, 80, "eu-central-1", Prices)), Is.EqualTo("0.00 USD"));

    [Test]
    public void WordsContainThePriceItsDayAndItsSource() =>
        Assert.That(CostText.Of(TrainingCost.Of("ml.m5.large", 2, 80, "eu-central-1", Prices)), Is.EqualTo(
            "0.006133 USD: 80 billable seconds on 2 x ml.m5.large at 0.138 USD an hour in eu-central-1 (a test, 2026-11-01)"));

    [TestCase(0.0000001, ExpectedResult = "less than 0.000001 USD")]
    [TestCase(0.004, ExpectedResult = "0.004000 USD")]
    [TestCase(0.25, ExpectedResult = "0.2500 USD")]
    [TestCase(1234.5, ExpectedResult = "1,234.50 USD")]
    public string SmallAmountKeepsItsDigits(decimal amount) => CostText.Amount(amount, "USD");

    [Test]
    public void OutcomeWithoutACostStaysReadableAndOneWithACostComesBack()
    {
        const string Before = """{"trainingJob":"pumps-0123456789ab-a1","result":"failed","reason":"row 7","version":null,"gates":null,"at":"2026-01-02T03:04:05+00:00"}""";
        var old = CompleteJson.Deserialize(Before, RegistryJson.Default.TrainingOutcome)!;
        var now = old with { Cost = TrainingCost.Of("ml.m5.large", 1, 80, "eu-central-1", Prices) };

        Assert.That(old.Cost, Is.Null);
        Assert.That(CostText.Of(old.Cost), Is.EqualTo("not recorded"));
        Assert.That(CompleteJson.Deserialize(JsonSerializer.Serialize(now, RegistryJson.Default.TrainingOutcome), RegistryJson.Default.TrainingOutcome), Is.EqualTo(now));
    }

    [Test]
    public void RecipeCarriesTheTable()
    {
        var recipe = new TrainingRecipe("pumps", "{}", new("c", false), new("i", "X64", new Dictionary<string, string>()), "ada", default, Prices);
        var read = CompleteJson.Deserialize(JsonSerializer.Serialize(recipe, RegistryJson.Default.TrainingRecipe), RegistryJson.Default.TrainingRecipe)!;

        Assert.That(PriceTableReader.Same(read.Prices, Prices), Is.True);
        Assert.That(PriceTableReader.Same(read.Prices, Prices with { Currency = "EUR" }), Is.False);
        Assert.That(PriceTableReader.Same(read.Prices, null), Is.False);
    }

    [TestCase("{", "is not a table of prices")]
    [TestCase("null", "it is null")]
    [TestCase("""{ "currency": "USD", "asOf": "2026-11-01", "source": " ", "regions": {} }""", "must not be empty")]
    [TestCase("""{ "currency": "USD", "asOf": "2026-11-01", "source": "s", "regions": { "r": { "trainingHours": {} } } }""", "trainingHours")]
    [TestCase("""{ "currency": "USD", "asOf": "2026-11-01", "source": "s", "regions": { "r": { "trainingHour": { "m": -1 } } } }""", "the price of 'm' in 'r' is negative")]
    [TestCase("""{ "currency": "USD", "asOf": "2026-11-01", "source": "s", "regions": { "r": { "storage": { "gigabyteMonth": 1, "thousandWrites": -1, "thousandReads": 1 } } } }""", "storage in 'r' is negative")]
    public void WrongTableIsNamed(string json, string why) =>
        Assert.That(() => PriceTableReader.Read(Encoding.UTF8.GetBytes(json), "prices.json"), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("prices.json is not a table of prices: ").And.Message.Contains(why));

    [Test]
    public void MissingFileIsNoTable() => Assert.That(PriceTableReader.ReadFile(Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-prices.json")), Is.Null);
}
