namespace Slipway.Registry.Costs;

/// <summary>What a training job used, and what that costs by the table of prices of that time; recorded with its outcome and in its lineage.</summary>
/// <param name="InstanceType">Such as ml.m5.large; <see cref="PriceTable.Process"/> on this machine.</param>
/// <param name="Instances">The number of machines.</param>
/// <param name="Seconds">Billable seconds of each of them, as SageMaker reports them; on this machine, the seconds for which the trainer ran.</param>
/// <param name="Region">The region whose prices apply.</param>
/// <param name="Amount">In the currency of the price; null if there is no price.</param>
/// <param name="Price">The price that was applied; null if the table has none.</param>
public sealed record TrainingCost(string InstanceType, int Instances, double Seconds, string Region, decimal? Amount, HourPrice? Price)
{
    private const int SecondsOfHour = 3600;

    // less than a millionth of any currency is noise
    private const int Decimals = 6;

    /// <param name="prices">Null if there is no table.</param>
    public static TrainingCost Of(string instanceType, int instances, double seconds, string region, PriceTable? prices)
    {
        var price = prices?.Find(region)?.TrainingHour?.TryGetValue(instanceType, out var hour) == true
            ? new HourPrice(hour, prices.Currency, prices.AsOf, prices.Source)
            : null;
        return new(
            instanceType, instances, seconds, region,
            price is null ? null : decimal.Round((decimal)seconds * instances * price.Hour / SecondsOfHour, Decimals), price);
    }
}

/// <summary>The price of an hour, as a table gave it.</summary>
public sealed record HourPrice(decimal Hour, string Currency, DateOnly AsOf, string Source);
