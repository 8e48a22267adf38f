namespace Slipway.Build.Sdk;

/// <summary>An AWS service whose package some feeds lack.</summary>
/// <param name="Definition">Its name in botocore.</param>
/// <param name="Name">Its name in the SDK for .NET: a namespace, and part of the names of its client and its package.</param>
public sealed record SdkService(string Definition, string Name)
{
    public static IReadOnlyList<SdkService> All { get; } =
    [
        new("application-autoscaling", "ApplicationAutoScaling"),
        new("ecr", "ECR"),
        new("ecs", "ECS"),
        new("logs", "CloudWatchLogs"),
        new("sagemaker", "SageMaker"),
        new("secretsmanager", "SecretsManager"),
    ];

    public string Package => $"AWSSDK.{Name}";

    public override string ToString() => Package;
}
