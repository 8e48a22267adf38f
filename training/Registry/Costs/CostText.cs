using System.Globalization;

namespace Slipway.Registry.Costs;

/// <summary>Costs in words. What has no price says so, and is never shown as 0.</summary>
public static class CostText
{
    public static string Of(TrainingCost? cost) => cost switch
    {
        null => "not recorded",
        { Amount: { } amount, Price: { } price } => string.Create(CultureInfo.InvariantCulture,
            $"{Amount(amount, price.Currency)}: {Use(cost)} at {price.Hour} {price.Currency} an hour in {cost.Region} ({price.Source}, {price.AsOf:yyyy-MM-dd})"),
        _ => $"no price given for {cost.InstanceType} in {cost.Region}: {Use(cost)}",
    };

    /// <summary>The amount alone.</summary>
    public static string Briefly(TrainingCost? cost) => cost switch
    {
        null => "not recorded",
        { Amount: { } amount, Price: { } price } => Amount(amount, price.Currency),
        _ => "no price given",
    };

    /// <summary>As many digits as a small amount needs.</summary>
    public static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{Rounded(amount)} {currency}");

    private static string Rounded(decimal amount) => amount switch
    {
        0 => "0.00",
        < 0.000001m => "less than 0.000001",
        < 0.01m => amount.ToString("0.000000", CultureInfo.InvariantCulture),
        < 1m => amount.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => amount.ToString("#,0.00", CultureInfo.InvariantCulture),
    };

    private static string Use(TrainingCost cost) => string.Create(CultureInfo.InvariantCulture,
        $"{cost.Seconds:#,0.#} {(cost.Region == PriceTable.Local ? "seconds" : "billable seconds")} on {(cost.Instances == 1 ? "" : $"{cost.Instances} x ")}{cost.InstanceType}");
}
