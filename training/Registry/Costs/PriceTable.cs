namespace Slipway.Registry.Costs;

/// <summary>
/// What things cost: <c>prices.json</c> next to cake.config, as its owner wrote it, and a copy of it in each recipe. A price that is not in it is unknown, and never 0.
/// </summary>
/// <param name="Currency">Of all prices, such as USD.</param>
/// <param name="AsOf">The day on which these were the prices.</param>
/// <param name="Source">Where they come from, for people.</param>
/// <param name="Regions">By the name of the AWS region, or <see cref="Local"/>.</param>
public sealed record PriceTable(string Currency, DateOnly AsOf, string Source, IReadOnlyDictionary<string, RegionPrices> Regions)
{
    /// <summary>The region of what runs on this machine.</summary>
    public const string Local = "local";

    /// <summary>The instance type of a training job that runs on this machine.</summary>
    public const string Process = "process";

    public RegionPrices? Find(string region) => Regions.GetValueOrDefault(region);
}

/// <param name="TrainingHour">An hour of a training instance, by its type; billed by the second.</param>
/// <param name="Serving">What a server costs while it runs.</param>
/// <param name="Storage">What objects cost.</param>
public sealed record RegionPrices(
    IReadOnlyDictionary<string, decimal>? TrainingHour = null, ServingPrices? Serving = null, StoragePrices? Storage = null);

/// <param name="CpuHour">An hour of one vCPU.</param>
/// <param name="GigabyteHour">An hour of one gigabyte of memory.</param>
public sealed record ServingPrices(decimal CpuHour, decimal GigabyteHour);

/// <param name="GigabyteMonth">A month of one gigabyte (10^9 bytes).</param>
/// <param name="ThousandWrites">A thousand requests that write or list.</param>
/// <param name="ThousandReads">A thousand requests that read.</param>
public sealed record StoragePrices(decimal GigabyteMonth, decimal ThousandWrites, decimal ThousandReads);
