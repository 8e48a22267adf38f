namespace Slipway.Registry.Costs;

/// <summary>The servers and gateways that run, and what they are made of.</summary>
/// <param name="Tasks">The number of running tasks, of all services.</param>
/// <param name="Cpus">vCPUs of all of them.</param>
/// <param name="Gigabytes">Memory of all of them.</param>
public sealed record ServingSize(int Tasks, double Cpus, double Gigabytes);

/// <summary>The log of a period.</summary>
/// <param name="Predictions">Predictions in it.</param>
/// <param name="Bytes">Of the objects.</param>
public sealed record LogSize(long Predictions, long Objects, long Bytes);

/// <summary>What a thousand predictions cost. Each part is null if its price or its figure is not known.</summary>
/// <param name="Servers">Tasks, shared by all models.</param>
/// <param name="Log">Writing the log, and keeping it for a month.</param>
public sealed record ServingCost(decimal? Servers, decimal? Log, string? Currency)
{
    private const decimal Thousand = 1000, BytesOfGigabyte = 1_000_000_000;

    public decimal? Total => Servers is null && Log is null ? null : (Servers ?? 0) + (Log ?? 0);

    /// <param name="size">Null if it is not known.</param>
    /// <param name="hours">The length of the period, in which that size is assumed to have been the same.</param>
    /// <param name="predictions">Of all models in that period.</param>
    /// <param name="log">Null if its size is not known.</param>
    public static ServingCost Of(PriceTable? prices, string region, ServingSize? size, double hours, long predictions, LogSize? log)
    {
        var found = prices?.Find(region);
        return new(
            found?.Serving is { } serving && size is not null && predictions > 0
                ? (((decimal)size.Cpus * serving.CpuHour) + ((decimal)size.Gigabytes * serving.GigabyteHour)) * (decimal)hours / predictions * Thousand
                : null,
            found?.Storage is { } storage && log is { Predictions: > 0 }
                ? ((log.Bytes / BytesOfGigabyte * storage.GigabyteMonth) + (log.Objects / Thousand * storage.ThousandWrites)) / log.Predictions * Thousand
                : null,
            prices?.Currency);
    }
}
