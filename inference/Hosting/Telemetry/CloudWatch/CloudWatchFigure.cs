namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>A metric of a service as CloudWatch gets it.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="Unit">As CloudWatch spells it.</param>
/// <param name="Labels">Which of its labels become dimensions, besides the service; all others are added up.</param>
/// <param name="InTotal">Whether it is published for all models together, too.</param>
public sealed record CloudWatchFigure(string Instrument, CloudWatchKind Kind, string Unit, IReadOnlyList<string> Labels, bool InTotal = false)
{
    public const string ServiceDimension = "service";
    public const string ModelDimension = "model";

    /// <summary>The names under which CloudWatch has it.</summary>
    public IReadOnlyList<string> Metrics => Kind == CloudWatchKind.Duration ? [.. DurationParts.Select(part => $"{Instrument}.{part}")] : [Instrument];

    /// <summary>The names of the dimensions of each of the metrics that it becomes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DimensionSets => InTotal
        ? [[ServiceDimension, .. Labels], [ServiceDimension, .. Labels.Where(label => label != ModelDimension)]]
        : [[ServiceDimension, .. Labels]];

    internal static IReadOnlyList<string> DurationParts { get; } = ["p50", "p99", "count"];
}

public enum CloudWatchKind
{
    /// <summary>How much was counted within a minute.</summary>
    Sum,

    /// <summary>The largest current value.</summary>
    Gauge,

    /// <summary>Two quantiles of a minute, and how many there were: CloudWatch cannot compute quantiles from counts of buckets.</summary>
    Duration,
}
