namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>
/// What servers and gateways send to CloudWatch: what alarms and the dashboard in <c>infra/modules/observation</c> use, and no more, because CloudWatch charges for
/// every metric and model.
/// </summary>
public static class CloudWatchFigures
{
    public const string ServerName = "slipway-inference";
    public const string GatewayName = "slipway-gateway";

    private static readonly string[] PerModel = [CloudWatchFigure.ModelDimension];

    public static IReadOnlyList<CloudWatchFigure> Server { get; } =
    [
        new("slipway.inference.duration", CloudWatchKind.Duration, "Seconds", PerModel),
        new("slipway.inference.failures", CloudWatchKind.Sum, "Count", [CloudWatchFigure.ModelDimension, "status"], InTotal: true),
        new("slipway.inference.not_finite", CloudWatchKind.Sum, "Count", PerModel, InTotal: true),
        new("slipway.inference.put_backs", CloudWatchKind.Sum, "Count", PerModel),
        new("slipway.inference.rejections", CloudWatchKind.Sum, "Count", PerModel),
        new("slipway.inference.stale", CloudWatchKind.Gauge, "Seconds", PerModel),
        new("slipway.inference.log.accepted", CloudWatchKind.Sum, "Count", []),
        new("slipway.inference.log.dropped", CloudWatchKind.Sum, "Count", []),
    ];

    public static IReadOnlyList<CloudWatchFigure> Gateway { get; } =
    [
        new("slipway.gateway.request.duration", CloudWatchKind.Duration, "Seconds", []),
        new("slipway.gateway.requests", CloudWatchKind.Gauge, "Count", []),
        new("slipway.gateway.retries", CloudWatchKind.Sum, "Count", []),
        new("slipway.gateway.failovers", CloudWatchKind.Sum, "Count", []),
        new("slipway.gateway.full", CloudWatchKind.Sum, "Count", []),
        new("slipway.gateway.phase", CloudWatchKind.Gauge, "None", ["phase"]),
        new("slipway.gateway.rollout.share", CloudWatchKind.Gauge, "Percent", PerModel),
        new("slipway.model.drift", CloudWatchKind.Gauge, "None", PerModel),
        new("slipway.model.drifted", CloudWatchKind.Gauge, "Count", PerModel),
        new("slipway.model.data_problems", CloudWatchKind.Gauge, "Count", PerModel),
        new("slipway.model.domain", CloudWatchKind.Gauge, "None", PerModel),
        new("slipway.model.quality", CloudWatchKind.Gauge, "None", [CloudWatchFigure.ModelDimension, "metric"]),
        new("slipway.model.quality.estimate", CloudWatchKind.Gauge, "None", [CloudWatchFigure.ModelDimension, "metric"]),
        new("slipway.model.quality.coverage", CloudWatchKind.Gauge, "None", PerModel),
        new("slipway.model.quality.lost", CloudWatchKind.Gauge, "Count", PerModel),
        new("slipway.model.quality.estimate.lost", CloudWatchKind.Gauge, "Count", PerModel),
        new("slipway.model.value", CloudWatchKind.Gauge, "None", PerModel),
    ];
}
